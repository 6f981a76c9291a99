import { type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { endProcess, startProcess } from '../child-process.ts'

export interface RunningApi {
  readonly url: string
  readonly adminToken: string
  readonly adminTokenFile: string
  stop(): Promise<void>
}

export interface ApiOptions {
  readonly root: string
  readonly dataDirectory: string
  /** Hosts with ports that secret providers may be at, though they are on this machine. */
  readonly allow: readonly string[]
  /** Gives the start up. */
  readonly signal: AbortSignal
}

/**
 * Starts the built API on its embedded database, on the port that `npm start` would take, or any other
 * when that is taken. When it rejects, nothing runs.
 */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { root, dataDirectory, allow, signal } = options
  const adminTokenFile = join(dataDirectory, 'admin-token')
  const known = readAdminToken(adminTokenFile, dataDirectory)
  const port = process.env['PORT'] ?? (await portOrAny(8080))
  signal.throwIfAborted()
  const child = startProcess(process.execPath, [join(root, 'dist/api/main.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing else is inherited: an exported DATABASE_URL or SECRETS_MASTER_KEY is somebody's own.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'],
      AGYN_DATA_DIR: dataDirectory,
      PORT: port,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      AGYN_OUTBOUND_ALLOW: [process.env['AGYN_OUTBOUND_ALLOW'], ...allow].filter(Boolean).join(','),
      AGYN_ADMIN_TOKEN: known,
    },
  })
  try {
    const said = await listening(child, signal)
    const adminToken = known ?? /^admin token: (\S+)$/m.exec(said)?.[1]
    const url = /^listening on (\S+)$/m.exec(said)?.[1]
    if (adminToken === undefined || url === undefined) {
      throw new Error(`The API started without saying where, or with which token: ${said}`)
    }
    if (known === undefined) keep(adminTokenFile, adminToken)
    return { url, adminToken, adminTokenFile, stop: () => endProcess(child) }
  } catch (error) {
    await endProcess(child)
    throw error
  }
}

/**
 * The admin token of an earlier quickstart. The first start of the API prints one, which is kept; a
 * database whose token was printed to somebody else gets another by the environment.
 */
function readAdminToken(file: string, dataDirectory: string): string | undefined {
  if (process.env['AGYN_ADMIN_TOKEN']) return process.env['AGYN_ADMIN_TOKEN']
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (!existsSync(join(dataDirectory, 'database'))) return undefined
  const token = `quickstart-${randomBytes(24).toString('hex')}`
  keep(file, token)
  return token
}

function keep(file: string, token: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${token}\n`, { mode: 0o600 })
}

async function portOrAny(port: number): Promise<string> {
  const probe = createServer()
  return await new Promise((resolve) => {
    probe.once('error', () => resolve('0'))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(String(port))))
  })
}

async function listening(child: ChildProcess, signal: AbortSignal): Promise<string> {
  let said = ''
  let complained = ''
  return await new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()))
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (/^listening on .*$/m.test(said)) resolve(said)
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`The API did not start. ${complained.trim()}`)))
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
