import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Skipped } from './figure.ts'

/**
 * Builds the provider in Go that ours is measured against, stripped as a release would be, and answers
 * the filesystem mirror it lies in, under the address of ours. Or why there is none, for a bench that
 * goes on without it.
 */
export async function goReference(): Promise<string | Skipped> {
  let platform: string
  try {
    platform = (await go('env', 'GOOS', 'GOARCH')).trim().replace('\n', '_')
  } catch {
    return new Skipped('Go is not on PATH, so there is no provider in Go to compare with.')
  }
  try {
    await go('mod', 'download')
  } catch {
    return new Skipped('Go could not fetch the modules of bench/go-reference.')
  }
  const program = join(mirror, 'registry.terraform.io/agynio/agyn', version, platform)
  const file = join(program, `terraform-provider-agyn_v${version}`)
  await go('build', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', file, '.')
  return mirror
}

const source = fileURLToPath(new URL('../go-reference', import.meta.url))
const mirror = fileURLToPath(new URL('../../.cache/go-reference', import.meta.url))

/** It has no releases; a mirror needs one, and Terraform takes 0.0.0 for none. */
const version = '0.0.1'

async function go(...command: string[]): Promise<string> {
  return (await promisify(execFile)('go', command, { cwd: source })).stdout
}
