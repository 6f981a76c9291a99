// A process of `constructs-project.ts`, in a project of a framework: declares a stack of secrets, each
// with a variable for its value and an env, synthesizes it, and prints how many milliseconds that took.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Cdk from 'cdktn'
import type * as L1Provider from '../../cdktf-provider/constructs/gen/cdktn/provider/index.ts'
import type * as Agyn from '../../cdktf-provider/constructs/index.ts'

/** Our constructs, or those generated from the schema as somebody would write them by hand. */
export type Layer = keyof typeof layers

const [framework = '', layer = '', count, outdir = ''] = process.argv.slice(2)
const load = createRequire(join(process.cwd(), 'package.json'))
const cdk = load(framework) as typeof Cdk
const agyn = load(`@agyn/${framework}-provider`) as typeof Agyn
// What the package calls so elsewhere looks at the stack that it is in.
const { AgynProvider } = load(`@agyn/${framework}-provider/lib/provider/l1`) as typeof L1Provider

const layers = {
  L2: {
    provider: (stack: Cdk.TerraformStack) => new agyn.AgynProvider(stack, 'agyn'),
    secret(stack: Cdk.TerraformStack, number: number) {
      const value = new agyn.EphemeralVariable(stack, `value-${number}`).stringValue
      const secret = agyn.Secret.local(stack, `secret-${number}`, { value })
      agyn.Agent.named(`agent-${number}`).addEnv('API_KEY', secret)
    },
  },
  L1: {
    provider: (stack: Cdk.TerraformStack) => new AgynProvider(stack, 'agyn'),
    secret(stack: Cdk.TerraformStack, number: number) {
      const variable = new cdk.TerraformVariable(stack, `value-${number}`, {
        type: 'string',
        sensitive: true,
      })
      variable.addOverride('ephemeral', true)
      variable.addOverride('default', null)
      const secret = new agyn.secret.Secret(stack, `secret-${number}`, {
        name: `secret-${number}`,
        storage: 'local',
        valueWo: variable.stringValue,
        valueWoVersion: 1,
      })
      new agyn.env.Env(stack, `env-${number}`, {
        consumer: { kind: 'agent', id: `agent-${number}` },
        name: 'API_KEY',
        secretId: secret.id,
      })
    },
  },
} as const

const began = performance.now()
const app = new cdk.App({ outdir, context: { targetVersions: { terraform: '>=1.11' } } })
const stack = new cdk.TerraformStack(app, 'bench')
const { provider, secret } = layers[layer as Layer]
provider(stack)
for (let number = 0; number < Number(count); number++) secret(stack, number)
app.synth()
console.log(performance.now() - began)
