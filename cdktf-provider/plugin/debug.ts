import { procedures } from './framework/procedures.ts'
import type { Provider } from './framework/provider.ts'
import { listen } from './server/handshake.ts'
import { serveRpc } from './server/rpc-server.ts'

/** A provider that stays: Terraform attaches to it instead of starting one for every phase. */
export interface DebugSession {
  /** Set it for the `terraform` that shall use this provider. */
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string }
  close(): void
}

/**
 * Serves a provider from this process, without TLS, on a socket only this user can open. Meant for
 * tests and debuggers: breakpoints hold and state can be looked at between two runs of Terraform.
 */
export async function debug(
  provider: Provider,
  { address }: { readonly address: string },
): Promise<DebugSession> {
  const endpoint = await listen()
  const table = await procedures(() => provider)
  const server = serveRpc({
    endpoint,
    tls: null,
    find: async (path) => table.get(path),
    // Terraform says it to an attached provider as well; this one stays until it is closed.
    onShutdown: () => {},
  })
  const reattach = {
    Protocol: 'grpc',
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: endpoint.network, String: endpoint.address },
  }
  return {
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify({ [address]: reattach }) },
    close: () => server.close(),
  }
}
