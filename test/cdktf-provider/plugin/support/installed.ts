import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { bundleShelf } from './mirror.ts'
import { Workspace, shelfProvider } from './terraform.ts'

/** The shelf as a user has it: installed by `terraform init` and started by each command. */
export interface Installed {
  /** A workspace of a configuration, initialised; it is removed after its test. */
  workspace(configuration: string, environment?: NodeJS.ProcessEnv): Promise<Workspace>
  /** The sockets that are left of processes started in it. */
  sockets(): readonly string[]
  /** What Terraform starts, in the mirror it installs from. */
  readonly launcher: string
}

/** Bundles the shelf for the tests of a file. */
export function installed(): Installed {
  const workspaces: Workspace[] = []
  let mirror = ''
  let sockets = ''
  let launcher = ''
  beforeAll(async () => {
    mirror = mkdtempSync(join(tmpdir(), 'mirror-'))
    sockets = mkdtempSync(join(tmpdir(), 'sock-'))
    launcher = await bundleShelf(mirror)
  })
  afterAll(() => {
    for (const directory of [mirror, sockets]) rmSync(directory, { recursive: true, force: true })
  })
  afterEach(() => {
    for (const workspace of workspaces.splice(0)) workspace.remove()
  })
  return {
    async workspace(configuration, more = {}) {
      const environment = { PLUGIN_UNIX_SOCKET_DIR: sockets, ...more }
      const workspace = new Workspace({ mirror, environment })
      workspaces.push(workspace)
      workspace.write(`${shelfProvider}${configuration}`)
      const { code, output } = await workspace.run('init')
      if (code !== 0) throw new Error(output)
      return workspace
    },
    sockets: () => readdirSync(sockets),
    get launcher() {
      return launcher
    },
  }
}
