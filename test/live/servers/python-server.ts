import { join } from 'node:path'
import { startProcess } from '../../../scripts/child-process.ts'
import { installOnce, startServer, type Running } from '../../../scripts/local-server.ts'
import { cacheDir, onLine } from './cache.ts'

export interface PythonServer extends Running {
  readonly address: string
}

/** Starts a server that is a Python module, installed into an environment of its own. */
export async function startPythonServer(options: {
  readonly name: string
  readonly version: string
  /** Pinned, besides the server itself: `['flask==3.1.3']`. */
  readonly needs?: readonly string[]
  /** What `python -m` is told: the module, and how it is to listen. */
  readonly parameters: (port: number) => readonly string[]
  /** A path that is answered with 200 as soon as the server is ready. */
  readonly readyPath: string
}): Promise<PythonServer> {
  const { name, version, needs = [], parameters, readyPath } = options
  const environment = await installOnce({
    what: `${name} ${version}`,
    cacheDir,
    name: `${name}-${version}`,
    remedy: 'Install Python 3 with venv and pip.',
    async make(workshop, run) {
      await run('python3', ['-m', 'venv', workshop])
      const pip = join(workshop, 'bin', 'pip')
      const requirements = [`${name}==${version}`, ...needs]
      await run(pip, ['install', '--quiet', '--disable-pip-version-check', ...requirements])
      return workshop
    },
    onLine,
  })
  return await startServer({
    what: `${name} ${version}`,
    start: (port) =>
      startProcess(join(environment, 'bin', 'python'), ['-m', ...parameters(port)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    async ask(port, signal) {
      const address = `http://127.0.0.1:${port}`
      const response = await fetch(address + readyPath, { signal })
      await response.arrayBuffer()
      return response.status === 200 ? { address } : null
    },
  })
}
