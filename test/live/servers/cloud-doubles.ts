import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProcess } from '../../../scripts/child-process.ts'
import { installOnce, startServer, type Running } from '../../../scripts/local-server.ts'
import { cacheDir, onLine } from './cache.ts'

export interface CloudDoubles extends Running {
  /** The https address of the Azure Key Vault. */
  readonly keyVault: string
  /** The https address of Google Secret Manager, for gRPC and REST, as at secretmanager.googleapis.com. */
  readonly secretManager: string
  /** The same without TLS. */
  readonly secretManagerPlain: string
  /** The certificate, in PEM, that whoever talks to an https address has to trust. */
  readonly ca: string
  /** Lets something go wrong with the next requests that reach a store with a bearer it accepts. */
  fail(store: Store, kind: Fault, options?: FaultOptions): Promise<void>
  /** Takes back what `fail` has ordered and has not happened yet. */
  heal(): Promise<void>
  /** How many requests have reached a store with a bearer it accepts, those that failed included. */
  requests(store: Store): Promise<number>
}

/** The provider type that such a store is reached by. */
export type Store = 'azure-kv' | 'gcp-sm'

/**
 * `hanging` answers nothing until the client gives up; `garbage` answers 200 with a page of HTML (over
 * gRPC, an unknown error); `corrupt` answers a value with a checksum that does not fit it, which Google
 * alone has; `broken` is an internal error.
 */
export type Fault = 'throttled' | 'unavailable' | 'broken' | 'hanging' | 'garbage' | 'corrupt'

export interface FaultOptions {
  /** 1 unless said otherwise. */
  readonly times?: number
  /** For a Retry-After, which Azure alone sends. */
  readonly retryAfterSeconds?: number
}

/**
 * Azure Key Vault and Google Secret Manager, built in Go from `../cloud-doubles`, which says what they
 * do. Any bearer is accepted unless it begins with `wrong`, or is a JWT whose subject does; secrets
 * whose names begin with `forbidden` are nobody's to touch. Each start begins with empty stores.
 */
export async function startCloudDoubles(
  options: {
    /** Where the key vault sends those who have no token: `https://login.example/tenant`. */
    readonly authority?: string
  } = {},
): Promise<CloudDoubles> {
  const binary = await build()
  let announced: Announcement | null = null
  const { control, ...doubles } = await startServer<Announcement>({
    what: 'The cloud doubles',
    start() {
      const child = startProcess(
        binary,
        options.authority ? ['-authority', options.authority] : [],
        {
          // They end when their standard input does, and so with this process, however that ends.
          stdio: ['pipe', 'pipe', 'pipe'],
        },
      )
      announced = null
      void readAnnouncement(child.stdout).then((read) => (announced = read))
      return child
    },
    ask: () => Promise.resolve(announced),
  })
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(control + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`The cloud doubles answered ${await response.text()}`)
    return response
  }
  return {
    ...doubles,
    async fail(store, kind, { times = 1, retryAfterSeconds = 0 } = {}) {
      await call('POST', '/faults', { store, kind, times, retryAfterSeconds })
    },
    async heal() {
      await call('DELETE', '/faults')
    },
    async requests(store) {
      const counts = (await (await call('GET', '/requests')).json()) as Record<string, number>
      return counts[store] ?? 0
    },
  }
}

const source = fileURLToPath(new URL('../cloud-doubles', import.meta.url))

/** Built once for each state of the source. */
async function build(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of readdirSync(source).sort()) {
    hash.update(file).update(readFileSync(join(source, file)))
  }
  return await installOnce({
    what: 'The cloud doubles',
    cacheDir,
    name: `cloud-doubles-${hash.digest('hex').slice(0, 12)}`,
    remedy: 'Install Go 1.26 or newer.',
    async make(workshop, run) {
      const binary = join(workshop, 'cloud-doubles')
      await run('go', ['build', '-trimpath', '-o', binary, '.'], { cwd: source })
      return binary
    },
    onLine,
  })
}

interface Announcement {
  readonly keyVault: string
  readonly secretManager: string
  readonly secretManagerPlain: string
  readonly ca: string
  readonly control: string
}

/** The one line that they print, once everything listens; `null` when they end without it. */
async function readAnnouncement(
  output: NodeJS.ReadableStream | null,
): Promise<Announcement | null> {
  if (!output) return null
  for await (const line of createInterface({ input: output })) {
    return JSON.parse(line) as Announcement
  }
  return null
}
