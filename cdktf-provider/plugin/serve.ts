import type { Provider } from './framework/provider.ts'
import {
  listen,
  readInvitation,
  shakeHands,
  type Endpoint,
  type Invitation,
} from './server/handshake.ts'
import { log } from './server/log.ts'
import { MINIMUM_NODE, isOldNode } from './minimum-node.ts'

export interface ServeOptions {
  /** The provider's source address, such as `registry.terraform.io/agynio/agyn`. Only `--debug` needs it. */
  readonly address: string
}

/**
 * Runs a provider as Terraform's plugin until Terraform is done with it. The provider is loaded after
 * the handshake, while Terraform connects, so import this file alone and hand over an `import()`:
 *
 *     void serve(async () => (await import('./provider.ts')).shelf, { address: 'example.com/acme/shelf' })
 *
 * Started with `--debug` it stays and prints the `TF_REATTACH_PROVIDERS` with which Terraform uses it.
 */
export async function serve(
  load: () => Promise<Provider> | Provider,
  options: ServeOptions,
): Promise<void> {
  if (isOldNode(process.versions.node)) {
    console.log(
      `The provider needs Node.js ${MINIMUM_NODE} or newer, and this is ${process.versions.node}: put a newer one first on the PATH that terraform runs with.`,
    )
    process.exitCode = 1
    return
  }
  if (process.argv.includes('--debug')) {
    const { debug } = await import('./debug.ts')
    const session = await debug(await load(), options)
    process.on('exit', () => session.close())
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
    console.log(`TF_REATTACH_PROVIDERS='${session.environment.TF_REATTACH_PROVIDERS}'`)
    return
  }
  let invitation: Invitation
  let endpoint: Endpoint
  try {
    invitation = readInvitation(process.env)
    endpoint = await listen(invitation.socketDirectory)
  } catch (error) {
    // On stdout, where Terraform quotes it to the user; what is on stderr only reaches its log.
    console.log((error as Error).message)
    process.exitCode = 1
    return
  }
  const parent = process.ppid
  let leave: () => Promise<unknown> = () => Promise.resolve()
  let leaving: Promise<unknown> | undefined
  const stop = () => void (leaving ??= leave().finally(() => process.exit(0)))
  let sessions = 0
  process.on('exit', () => endpoint.close())
  // A promise that a handler forgot would end the process, and with it the answers of all calls under way.
  process.on('unhandledRejection', (error) => log('error', 'a promise was forgotten', { error }))
  // Node would print the error's text, which may hold a value, and Terraform write it to its log.
  process.on('uncaughtException', (error) => {
    log('error', 'the provider ends, for an error that nobody caught', { error })
    process.exit(1)
  })
  const watch = watchParent(parent, stop)
  // They reach the whole process group: Ctrl-C, a runner that cancels, a terminal that closes. Terraform
  // decides what they mean and calls StopProvider; an apply that is cut off here loses what it made.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' && sessions === 0) stop()
      log('debug', `${signal} is left to Terraform`)
    })
  }

  const own = shakeHands(invitation, endpoint)
  const peer = invitation.clientCertificate
  // Nothing above needs HTTP/2, the protocol or the provider; they load while Terraform connects.
  const [{ SHUTDOWN, serveRpc }, { procedures }] = await Promise.all([
    import('./server/rpc-server.ts'),
    import('./framework/procedures.ts'),
  ])
  const table = procedures(load)
  table.catch((error: unknown) => log('error', 'the provider could not be loaded', { error }))
  // What Terraform's own Shutdown does, for a Terraform that was killed.
  leave = async () => (await table).get(SHUTDOWN)?.(new Uint8Array())
  serveRpc({
    endpoint,
    tls: own && peer ? { own, peer } : null,
    find: async (path) => (await table).get(path),
    onSessions: (open) => watch((sessions = open)),
    onShutdown: stop,
  })
}

/**
 * Ends the process when nobody is connected and its parent is gone: a killed Terraform must not leave an
 * orphan. A session that merely closes is not the end, for gRPC drops a connection idle for 30 minutes
 * (https://pkg.go.dev/google.golang.org/grpc#WithIdleTimeout) and dials again when it has work. A Terraform
 * that never connects is given up after the minute it would have waited for us.
 */
function watchParent(parent: number, stop: () => void): (sessions: number) => void {
  const check = () => {
    if (!isAlive(parent)) stop()
  }
  const never = setTimeout(stop, 60_000)
  let timer = setInterval(check, 250)
  return (sessions) => {
    clearTimeout(never)
    clearInterval(timer)
    if (sessions === 0) timer = setInterval(check, 250)
  }
}

function isAlive(parent: number): boolean {
  // Elsewhere than on Windows an orphan gets another parent at once.
  if (process.ppid !== parent) return false
  try {
    process.kill(parent, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
