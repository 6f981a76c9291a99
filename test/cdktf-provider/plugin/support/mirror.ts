import { join } from 'node:path'
import { bundleProvider } from '../../../../scripts/bundle-provider.ts'

export const version = '1.2.3'

/** Bundles a test provider into `mirror` and returns the path of what Terraform starts. */
export async function bundleShelf(mirror: string): Promise<string> {
  const [directory = ''] = await bundleProvider({
    entry: join(import.meta.dirname, 'main.ts'),
    address: 'example.com/test/shelf',
    version,
    mirror,
    platforms: [`${platform()}_${process.arch === 'x64' ? 'amd64' : process.arch}`],
    lazy: { 'cover.cjs': join(import.meta.dirname, 'cover.ts') },
  })
  return join(directory, `terraform-provider-shelf_v${version}`)
}

const platform = () => (process.platform === 'darwin' ? 'darwin' : 'linux')
