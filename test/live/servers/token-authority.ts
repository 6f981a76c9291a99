import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { startProcess } from '../../../scripts/child-process.ts'
import { installOnce, startServer, type Running } from '../../../scripts/local-server.ts'
import { cacheDir, onLine } from './cache.ts'
import { httpsRequest } from './https-request.ts'

export interface TokenAuthority extends Running {
  /** What Azure's SDK calls the authority host. */
  readonly address: string
  /** A tenant whose tokens are for the audience https://vault.azure.net, and whose subject is the client id. */
  readonly tenant: string
  /** The address of that tenant, which a key vault sends people to. */
  readonly authority: string
  /** The certificate, in PEM, that whoever talks to it has to trust. */
  readonly ca: string
}

/**
 * An OpenID provider over https, in the place of login.microsoftonline.com. It gives a token to every
 * client and does not look at the secret; what refuses a token is the key vault.
 */
export async function startTokenAuthority(): Promise<TokenAuthority> {
  const jars = await install()
  return await startServer({
    what: 'The token authority',
    start: (port) =>
      startProcess(
        'java',
        // Little memory, and no compiling of what runs for seconds.
        ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), mainClass],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
          env: {
            ...process.env,
            SERVER_HOSTNAME: '127.0.0.1',
            SERVER_PORT: String(port),
            JSON_CONFIG_PATH: join(home, 'config.json'),
          },
        },
      ),
    async ask(port, signal) {
      const ca = await readCertificate(port, signal)
      const address = `https://localhost:${port}`
      const { status } = await httpsRequest(`${address}/isalive`, { ca, signal })
      if (status !== 200) return null
      const tenant = 'tenant1'
      return { address, tenant, authority: `${address}/${tenant}`, ca }
    },
  })
}

const mainClass = 'no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt'
const home = fileURLToPath(new URL('../token-authority', import.meta.url))

async function install(): Promise<string> {
  const pom = join(home, 'pom.xml')
  const version = /<artifactId>mock-oauth2-server<\/artifactId>\s*<version>([^<]+)/.exec(
    readFileSync(pom, 'utf8'),
  )?.[1]
  return await installOnce({
    what: `mock-oauth2-server ${version}`,
    cacheDir,
    name: `mock-oauth2-server-${version}`,
    remedy: 'Install Java 17 or newer, and Maven.',
    async make(workshop, run) {
      const jars = join(workshop, 'jars')
      await run('mvn', [
        ...['--batch-mode', '--quiet', '-Dstyle.color=never', '--file', pom],
        ...['dependency:copy-dependencies', `-DoutputDirectory=${jars}`],
      ])
      return jars
    },
    onLine,
  })
}

/** The one that the server has made itself when it started, and shows to everybody. */
async function readCertificate(port: number, signal: AbortSignal): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  try {
    await once(socket, 'secureConnect', { signal })
    const certificate = socket.getPeerX509Certificate()
    if (!certificate) throw new Error('The token authority shows no certificate.')
    return certificate.toString()
  } finally {
    socket.destroy()
  }
}
