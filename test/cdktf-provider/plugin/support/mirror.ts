import { join } from 'node:path'
import { bundleProvider, writeToMirror } from '../../../../scripts/bundle-provider.ts'

export const version = '1.2.3'

/** Bundles a test provider into `mirror` and returns the path of what Terraform starts. */
export async function bundleShelf(mirror: string): Promise<string> {
  const address = 'example.com/test/shelf'
  const files = await bundleProvider({
    entry: join(import.meta.dirname, 'main.ts'),
    address,
    version,
    lazy: { 'cover.cjs': join(import.meta.dirname, 'cover.ts') },
  })
  const platforms = [platform()]
  const [directory = ''] = writeToMirror(files, { mirror, address, version, platforms })
  return join(directory, `terraform-provider-shelf_v${version}`)
}

export const platform = () =>
  `${process.platform === 'darwin' ? 'darwin' : 'linux'}_${process.arch === 'x64' ? 'amd64' : process.arch}`
