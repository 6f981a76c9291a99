// Prevents the provider from being called fit for OpenTofu on the strength of a Terraform that runs it:
// finds OpenTofu, or builds it.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findOnPath } from './find-on-path.ts'
import { installOnce } from './local-server.ts'

const version = '1.12.6'

/** The path of `tofu` on PATH; `null` when there is none. */
export const findOpenTofu = (): Promise<string | null> => findOnPath('tofu')

/**
 * Builds OpenTofu into `cacheDir` unless it is there, and answers the path of its binary (115 MB). The
 * build takes minutes, and leaves 1.5 GB in Go's own caches. Two at once do not disturb each other; one
 * that is aborted leaves nothing behind. `onLine` is told what is going on, line by line.
 */
export async function installOpenTofu(
  cacheDir: string,
  onLine?: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  return await installOnce({
    what: `OpenTofu ${version}`,
    cacheDir,
    name: `tofu-${version}`,
    remedy: 'Install Go 1.26 or newer, or put tofu on PATH.',
    async make(workshop, run) {
      onLine?.('Building it from its source takes three minutes or more')
      const binary = join(workshop, 'tofu')
      await writeFile(join(workshop, 'go.mod'), module)
      await run('go', [...build, '-o', binary, `${source}/cmd/tofu`], { cwd: workshop })
      return binary
    },
    ...(onLine && { onLine }),
    ...(signal && { signal }),
  })
}

const source = 'github.com/opentofu/opentofu'

/**
 * `go install` refuses a module whose go.mod replaces another, so it becomes a dependency of a module
 * that says the same: https://github.com/opentofu/opentofu/blob/v1.12.6/go.mod
 */
const module = `module tofubuild

go 1.26.6

require ${source} v${version}

replace github.com/hashicorp/hcl/v2 v2.20.1 => github.com/opentofu/hcl/v2 v2.20.2-0.20251021132045-587d123c2828
`

/** As a release is built: else it calls itself `-dev`. */
const build = ['build', '-mod=mod', '-trimpath', '-ldflags', `-s -w -X ${source}/version.dev=no`]
