import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { Client } from '../../contract/client.ts'
import type { ConsumerKind } from '../../contract/consumer-kinds.ts'

const program = join(import.meta.dirname, '../../dist/api/main.js')

/** The built API in a process and a data directory of its own, at a port that the system chose. */
export class ApiProcess {
  readonly adminToken = `agyn_${randomBytes(24).toString('hex')}`
  /** Everything it has said since it was first started. */
  output = ''
  #url = ''
  #child: ChildProcess | undefined
  readonly #directory = mkdtempSync(join(tmpdir(), 'agyn-api-'))
  readonly #settings: NodeJS.ProcessEnv

  private constructor(settings: NodeJS.ProcessEnv) {
    this.#settings = settings
  }

  /** Providers on loopback are allowed, and it logs all it can, unless `settings` says otherwise. */
  static async start(settings: NodeJS.ProcessEnv = {}): Promise<ApiProcess> {
    if (!existsSync(program)) {
      throw new Error('The API is not built, and this test needs it whole: run `npm run build`.')
    }
    const api = new ApiProcess(settings)
    const template = inject('testDatabase')
    // A copy of a migrated database; the first start on an empty directory takes seconds.
    if (template.kind === 'pglite') cpSync(template.directory, api.#directory, { recursive: true })
    try {
      await api.start()
    } catch (error) {
      await api.remove()
      throw error
    }
    return api
  }

  /** Where it listens. Another port after each start. */
  get url(): string {
    return this.#url
  }

  /** Starts it on the directory that it had before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        AGYN_DATA_DIR: this.#directory,
        AGYN_ADMIN_TOKEN: this.adminToken,
        AGYN_OUTBOUND_ALLOW: '127.0.0.1',
        SECRETS_MASTER_KEY: `hex:${'42'.repeat(32)}`,
        LOG_LEVEL: 'trace',
        ...this.#settings,
      },
    })
    this.#child = child
    const stopWithUs = () => child.kill('SIGKILL')
    process.once('exit', stopWithUs)
    child.once('exit', () => process.off('exit', stopWithUs))
    const before = this.output.length
    this.#url = await new Promise<string>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.output += chunk.toString()
        const url = /^listening on (\S+)$/m.exec(this.output.slice(before))?.[1]
        if (url !== undefined) resolve(url)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('error', reject)
      child.once('close', (code) =>
        reject(new Error(`The API ended with ${code}: ${this.output.slice(before)}`)),
      )
    })
  }

  /** Ends it, and resolves when it has gone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }

  /** With which code it ended; null while it runs, and when a signal ended it. */
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null
  }

  /** Ends it and takes its directory away. */
  async remove(): Promise<void> {
    await this.kill()
    rmSync(this.#directory, { recursive: true, force: true })
  }

  /** A client with the admin's token, or another. */
  client(token = this.adminToken): Client {
    return new Client({ url: this.url, token })
  }

  /** What a consumer is started with, by the names of its variables. */
  async envOf(token: string, kind: ConsumerKind, id: string): Promise<Record<string, string>> {
    const body = { consumer: { kind, id } }
    const { env } = await this.client(token).call('ResolveWorkload', { body })
    return Object.fromEntries(env.map(({ name, value }) => [name, value]))
  }

  /** Makes an organization, and a token of it for each role that tests act in. */
  async organization(name: string): Promise<ApiOrganization> {
    const admin = this.client()
    const { id } = await admin.call('CreateOrganization', { body: { name } })
    const tokenOf = async (role: 'owner' | 'member' | 'orchestrator') => {
      const body = { organizationId: id, name: role, role }
      const { token = '' } = await admin.call('CreateApiToken', { body })
      return token
    }
    return {
      id,
      name,
      owner: await tokenOf('owner'),
      member: await tokenOf('member'),
      orchestrator: await tokenOf('orchestrator'),
    }
  }
}

export interface ApiOrganization {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly member: string
  readonly orchestrator: string
}
