// Prevents every server that we run beside ourselves from being installed, started and waited for in a
// way of its own, each with its own mistakes.
import { type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DirectoryLocked, lockDirectory } from '../api/database/directory-lock.ts'
import { endProcess, killGroup, startProcess } from './child-process.ts'

export interface Installation {
  /** For people, with its version: `OpenBao 2.7.2`. */
  readonly what: string
  readonly cacheDir: string
  /** Of the file or folder that comes to lie in `cacheDir`: `bao-2.7.2`. */
  readonly name: string
  /** What has to be there, and how else one may help oneself; told when a command is not found. */
  readonly remedy: string
  /**
   * Makes it in an empty folder, and answers where in there it lies. From there it is moved, so
   * nothing in it may name that folder; the shebangs of a Python environment do, its modules do not.
   */
  readonly make: (workshop: string, run: Run) => Promise<string>
  /** Is told what is going on, line by line. */
  readonly onLine?: (line: string) => void
  readonly signal?: AbortSignal
}

/** Runs a command to its end. Rejects, with a sentence for people, unless it succeeds. */
export type Run = (
  command: string,
  parameters: readonly string[],
  options?: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
) => Promise<void>

/**
 * Installs something unless it is there, and answers its path. Of several that install the same at
 * once, one does and the others wait for it. One that is aborted, or killed, leaves nothing that would
 * be taken for complete.
 */
export async function installOnce(installation: Installation): Promise<string> {
  const { what, cacheDir, name, remedy, make, onLine, signal = never } = installation
  const place = resolve(cacheDir, name)
  if (await exists(place)) return place

  const release = await waitForLock(`${place}.lock`, what, signal)
  const workshop = resolve(cacheDir, `installing-${randomUUID()}`)
  try {
    if (await exists(place)) return place
    onLine?.(`Installing ${what} into ${cacheDir} (once)`)
    await mkdir(workshop)
    const made = await make(workshop, (command, parameters, options) =>
      run(command, parameters, { ...options, what, remedy, signal }),
    )
    // Moved into place whole, so that whatever has that name is complete.
    await rename(made, place)
  } finally {
    await rm(workshop, { recursive: true, force: true, maxRetries: 5 })
    release()
  }
  return place
}

export interface Start<Known extends object> {
  /** For people. */
  readonly what: string
  /** Starts the process, with `startProcess`. The port was free a moment ago. */
  readonly start: (port: number) => ChildProcess
  /**
   * Asks the server something that only a server that is ready can answer, and tells what is known of
   * it then; `null` when it did not answer. Is asked again until it did.
   */
  readonly ask: (port: number, signal: AbortSignal) => Promise<Known | null>
  /** Gives the start up; once the server has started, `stop` ends it. */
  readonly signal?: AbortSignal
}

export interface Running {
  /** Stops this server, and only this one. */
  stop(): Promise<void>
}

/** Starts a server and waits until it answers. When it rejects, nothing runs. */
export async function startServer<Known extends object>(
  options: Start<Known>,
): Promise<Known & Running> {
  for (let attempt = 1; ; attempt += 1) {
    const { server, said } = await tryToStart(options, await freePort())
    if (server) return server
    // Between being found free and being used, a port may be taken by somebody else.
    if (attempt === 3) {
      throw new Error(`${options.what} was started three times and never answered.${said}`)
    }
  }
}

/** A port of 127.0.0.1 that was free when asked. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}

async function waitForLock(directory: string, what: string, signal: AbortSignal) {
  await mkdir(directory, { recursive: true })
  const giveUpAt = performance.now() + 15 * 60_000
  for (;;) {
    signal.throwIfAborted()
    try {
      return lockDirectory(directory)
    } catch (cause) {
      if (!(cause instanceof DirectoryLocked)) throw cause
      if (performance.now() > giveUpAt) {
        throw new Error(
          `Somebody else has been installing ${what} for a quarter of an hour. If nobody is, delete ${directory}.`,
          { cause },
        )
      }
    }
    await delay(200)
  }
}

async function tryToStart<Known extends object>(
  { start, ask, signal = never }: Start<Known>,
  port: number,
): Promise<{ readonly server: (Known & Running) | null; readonly said: string }> {
  signal.throwIfAborted()
  const child = start(port)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)))
  child.once('error', () => undefined) // it has no process id then, and answers nothing
  const stop = () => endProcess(child, { patienceMs: 5000 })
  // No AbortSignal.timeout, which AbortSignal.any forgets: https://github.com/nodejs/node/issues/57736
  const timeUp = new AbortController()
  const timer = setTimeout(() => timeUp.abort(), 20_000)
  const giveUp = AbortSignal.any([signal, timeUp.signal])
  while (!giveUp.aborted && child.exitCode === null && child.signalCode === null && child.pid) {
    const known = await ask(port, giveUp).catch(() => null)
    if (known && !signal.aborted) {
      clearTimeout(timer)
      return { server: { ...known, stop }, said }
    }
    await delay(50)
  }
  clearTimeout(timer)
  await stop()
  signal.throwIfAborted()
  return { server: null, said: said === '' ? '' : ` It said: ${sentenceOf(said)}` }
}

async function run(
  command: string,
  parameters: readonly string[],
  options: {
    readonly what: string
    readonly remedy: string
    readonly signal: AbortSignal
    readonly cwd?: string
    readonly env?: NodeJS.ProcessEnv
  },
): Promise<void> {
  const { what, remedy, signal, ...place } = options
  signal.throwIfAborted()
  const child = startProcess(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], ...place })
  let said = ''
  const listen = (chunk: Buffer) => (said += chunk.toString())
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
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
    throw new Error(`${what} is installed with ${command}, which was not found. ${remedy}`)
  }
  if (code === 0) return
  throw new Error(
    `${what} could not be installed: ${command} ${parameters.join(' ')} ended with: ${sentenceOf(said)}`,
  )
}

/** Of all that a tool said, the line that most likely says why it failed. */
function sentenceOf(said: string): string {
  const lines = said.trim().split('\n')
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? ''
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Of a caller who never gives up. */
const never = new AbortController().signal
