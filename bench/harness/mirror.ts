import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the build leaves the provider for Terraform. */
export const mirror = fileURLToPath(new URL('../../dist/terraform-mirror', import.meta.url))

/** What Terraform starts on this platform. The files are the same for all. */
export function launcher(directory: string): string {
  const versions = join(directory, 'registry.terraform.io/agynio/agyn')
  const [version = ''] = readdirSync(versions)
  const [platform = ''] = readdirSync(join(versions, version))
  return join(versions, version, platform, `terraform-provider-agyn_v${version}`)
}
