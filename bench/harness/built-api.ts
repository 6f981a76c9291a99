import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from '../../contract/client.ts'

const program = fileURLToPath(new URL('../../dist/api/main.js', import.meta.url))

export interface BuiltApiOptions {
  /** Of a PostgreSQL; PGlite in a directory of its own when left out. */
  readonly databaseUrl?: string
  /** Hosts on this machine that providers may be at. */
  readonly outboundAllow?: string
  /** Requests of one token in a minute. */
  readonly rateLimit?: number
}

/** `dist/api/main.js` in a process of its own, as an operator runs it: everything else is default. */
export class BuiltApi {
  readonly adminToken = 'the-admin-token-of-a-bench-that-nobody-else-reaches'
  readonly #directory = mkdtempSync(join(tmpdir(), 'agyn-bench-api-'))
  readonly #options: BuiltApiOptions
  #child: ChildProcess | undefined
  #url = ''

  private constructor(options: BuiltApiOptions) {
    this.#options = options
  }

  static async start(options: BuiltApiOptions = {}): Promise<BuiltApi> {
    const api = new BuiltApi(options)
    try {
      await api.start()
      return api
    } catch (error) {
      await api.remove()
      throw error
    }
  }

  /** Where it listens; another port after each start. */
  get url(): string {
    return this.#url
  }

  /** Starts it, and resolves when it says where it listens. Its data is that of the start before. */
  async start(): Promise<void> {
    const { databaseUrl, outboundAllow, rateLimit } = this.#options
    const log = join(this.#directory, 'log')
    // A file, because reading a pipe would be work for the process that measures.
    const output = openSync(log, 'w')
    const child = spawn(process.execPath, [...nodeOptions, program], {
      stdio: ['ignore', output, output],
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        AGYN_DATA_DIR: join(this.#directory, 'data'),
        AGYN_ADMIN_TOKEN: this.adminToken,
        SECRETS_MASTER_KEY: `hex:${'42'.repeat(32)}`,
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
        ...(outboundAllow === undefined ? {} : { AGYN_OUTBOUND_ALLOW: outboundAllow }),
        ...(rateLimit === undefined ? {} : { AGYN_RATE_LIMIT: String(rateLimit) }),
      },
    })
    closeSync(output)
    this.#child = child
    for (;;) {
      const said = readFileSync(log, 'utf8')
      const url = /^listening on (\S+)$/m.exec(said)?.[1]
      if (url !== undefined) {
        this.#url = url
        return
      }
      if (child.exitCode !== null) throw new Error(`The API ended with ${child.exitCode}: ${said}`)
      await delay(2)
    }
  }

  /** Resident memory of the process, in MB. */
  memory(): number {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(this.#child?.pid)])
    return Number(kilobytes.toString()) / 1024
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  /** Stops it, and takes its directory away. */
  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.#directory, { recursive: true, force: true })
  }

  client(token = this.adminToken): Client {
    return new Client({ url: this.url, token })
  }

  /** Makes an organization and a token that may resolve. */
  async organization(): Promise<{ readonly id: string; readonly runtimeToken: string }> {
    const admin = this.client()
    const { id } = await admin.call('CreateOrganization', { body: { name: 'bench' } })
    const { token = '' } = await admin.call('CreateApiToken', {
      body: { organizationId: id, name: 'orchestrator', role: 'orchestrator' },
    })
    return { id, runtimeToken: token }
  }
}

/** `BENCH_NODE_OPTIONS=--cpu-prof` shows where the time goes. */
const nodeOptions = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter(Boolean)
