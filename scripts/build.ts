// Prevents the Terraform provider from being tried in another shape than it is delivered in: bundles it
// into a filesystem mirror, from which `terraform init` installs it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundleProvider } from './bundle-provider.ts'

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))
const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8')) as { version: string }

await bundleProvider({
  entry: path('cdktf-provider/provider/main.ts'),
  address: 'registry.terraform.io/agynio/agyn',
  version,
  mirror: path('dist/terraform-mirror'),
  // zod and the schemas, which most starts of the provider never need.
  lazy: { 'validation.cjs': path('contract/validation.ts') },
})
