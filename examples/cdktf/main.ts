import { App } from 'cdktf'
import settings from './cdktf.json'
import { CompanyStack } from './company-stack'

// The settings as context, as the CLI hands them over: so it needs no CLI.
const app = new App({ context: settings })
new CompanyStack(app, 'company')
app.synth()
