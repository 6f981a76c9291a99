import { join } from 'node:path'
import type { Framework } from '../../../scripts/constructs-packages.ts'
import { installOnce, type Run } from '../../../scripts/local-server.ts'
import { cacheDir, onLine } from './cache.ts'

/** A framework's command line, and the Node.js that it runs on. */
export interface FrameworkCli {
  readonly node: string
  readonly program: string
}

/** The command line of a framework, which is installed when it is not there. */
export async function frameworkCli(framework: Framework): Promise<FrameworkCli> {
  const { version, program, minimumNode } = clis[framework]
  const folder = await installOnce({
    what: `${framework}-cli ${version}`,
    cacheDir,
    name: `${framework}-cli-${version}`,
    remedy: 'Install npm.',
    async make(workshop, run) {
      // Its scripts and its optional packages are for `deploy` and for other languages.
      const lean = ['--ignore-scripts', '--omit=optional']
      await npmInstall(run, workshop, [...lean, `${framework}-cli@${version}`])
      return workshop
    },
    onLine,
  })
  return {
    node: isOlder(process.versions.node, minimumNode) ? await newerNode() : process.execPath,
    program: join(folder, 'node_modules', `${framework}-cli`, program),
  }
}

const clis = {
  cdktf: { version: '0.21.0', program: 'bundle/bin/cdktf', minimumNode: '20.9.0' },
  cdktn: { version: '0.24.0', program: 'bin/cdktn', minimumNode: '22.19.0' },
} as const satisfies Record<Framework, object>

const isOlder = (version: string, minimum: string): boolean =>
  version.localeCompare(minimum, undefined, { numeric: true }) < 0

const newerNodeVersion = '22.23.3'

/** The path of a Node.js that every command line runs on. */
async function newerNode(): Promise<string> {
  const folder = await installOnce({
    what: `Node.js ${newerNodeVersion}`,
    cacheDir,
    name: `node-${newerNodeVersion}`,
    remedy: 'Install npm.',
    async make(workshop, run) {
      // A script of this package takes the binary of the platform from the registry.
      await npmInstall(run, workshop, ['--ignore-scripts=false', `node@${newerNodeVersion}`])
      return join(workshop, 'node_modules/node/bin')
    },
    onLine,
  })
  return join(folder, 'node')
}

const npmInstall = (run: Run, directory: string, parameters: readonly string[]): Promise<void> =>
  run('npm', [
    ...['install', '--prefix', directory, '--no-audit', '--no-fund', '--loglevel=error'],
    ...parameters,
  ])
