import { afterAll, afterEach, beforeAll } from 'vitest'
import { debug, type DebugSession, type Provider } from '../../../../cdktf-provider/plugin/index.ts'
import { shelf } from './shelf.ts'
import { Workspace, shelfAddress, shelfProvider } from './terraform.ts'

/**
 * Serves the shelf, and further providers by their address, to `terraform` from the tests of a file. What
 * it returns makes a workspace of a configuration, which is removed after its test.
 */
export function attached(
  further: Readonly<Record<string, Provider>> = {},
): (configuration: string) => Workspace {
  const sessions: DebugSession[] = []
  const workspaces: Workspace[] = []
  const reattach: Record<string, unknown> = {}
  beforeAll(async () => {
    for (const [address, provider] of Object.entries({ [shelfAddress]: shelf, ...further })) {
      const session = await debug(provider, { address })
      sessions.push(session)
      Object.assign(reattach, JSON.parse(session.environment.TF_REATTACH_PROVIDERS))
    }
  })
  afterAll(() => {
    for (const session of sessions) session.close()
  })
  afterEach(() => {
    for (const workspace of workspaces.splice(0)) workspace.remove()
  })
  return (configuration) => {
    const environment = { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) }
    const workspace = new Workspace({ environment })
    workspaces.push(workspace)
    return workspace.write(`${shelfProvider}${configuration}`)
  }
}
