import { AsyncLocalStorage } from 'node:async_hooks'
import type {
  DeletedSecret,
  KeyVaultSecret,
  SecretClient,
  SecretProperties,
  SetSecretOptions,
} from '@azure/keyvault-secrets'
import { BackendFailure, type CallOptions } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import { type Clock, wait } from '../outbound/clock.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import type { AccessTokens } from '../access-tokens.ts'
import { memberOf, parseJson } from '../answer-json.ts'
import { isRefusal } from './key-vault-refusal.ts'
import { VaultTransport } from './vault-transport.ts'

/** Old enough for all clouds to have it. */
export const apiVersion = '7.4'
/** As many names as Azure puts on one page, at most. */
const pageSize = 25
/** Azure takes some seconds to finish a deletion or a recovery. */
const pollMs = 1000

/** A secret, and the time of day in Azure when it was answered. */
export interface AnsweredSecret {
  readonly secret: KeyVaultSecret
  readonly answeredAt: Date | undefined
}

export interface NamesPage {
  readonly names: readonly string[]
  /** Where the next page begins; absent on the last. */
  readonly next: string | undefined
}

/**
 * Speaks to one vault through Azure's SDK, which does no more than write requests and read answers.
 * Every call rejects with a `BackendFailure` alone: the SDK's own errors hold requests, values included.
 */
export class KeyVaultClient {
  readonly #client: SecretClient
  readonly #transport: VaultTransport
  readonly #clock: Clock
  /** Of the call under way, carried past the SDK, which hands it on to some of its requests alone. */
  readonly #signals: AsyncLocalStorage<AbortSignal>

  static async load(options: KeyVaultClientOptions): Promise<KeyVaultClient> {
    const [{ SecretClient }, { createHttpHeaders }] = await Promise.all([
      loadPackage('@azure/keyvault-secrets', () => import('@azure/keyvault-secrets')),
      loadPackage('@azure/core-rest-pipeline', () => import('@azure/core-rest-pipeline')),
    ])
    const { address } = options.connection
    const signals = new AsyncLocalStorage<AbortSignal>()
    const transport = new VaultTransport({ ...options, signals, createHeaders: createHttpHeaders })
    const client = new SecretClient(address.origin, transport.credential, {
      serviceVersion: apiVersion,
      httpClient: transport,
      retryOptions: { maxRetries: 0 },
      redirectOptions: { maxRetries: 0 },
      // It is the transport that challenges.
      disableChallengeResourceVerification: true,
    })
    return new KeyVaultClient({ client, transport, signals, clock: options.clock })
  }

  private constructor(parts: {
    readonly client: SecretClient
    readonly transport: VaultTransport
    readonly signals: AsyncLocalStorage<AbortSignal>
    readonly clock: Clock
  }) {
    this.#client = parts.client
    this.#transport = parts.transport
    this.#signals = parts.signals
    this.#clock = parts.clock
  }

  /** The current version unless another is named; `null` when there is none. */
  get(
    name: string,
    { version, signal }: CallOptions & { readonly version?: string | undefined },
  ): Promise<AnsweredSecret | null> {
    return this.#orNull({ signal }, async () => {
      let answeredAt: Date | undefined
      const secret = await this.#client.getSecret(name, {
        ...(version !== undefined && { version }),
        onResponse: ({ headers }) => (answeredAt = readTime(headers.get('date'))),
      })
      return { secret, answeredAt }
    })
  }

  /** A deleted secret that is still kept; `null` when there is none. */
  getDeleted(name: string, options: CallOptions): Promise<DeletedSecret | null> {
    return this.#orNull(options, () => this.#client.getDeletedSecret(name))
  }

  /** What is known of some of the versions of a secret, without their values; `null` when it has none. */
  async getVersions(
    name: string,
    options: CallOptions,
  ): Promise<readonly SecretProperties[] | null> {
    return this.#orNull(options, async () => {
      const pages = this.#client.listPropertiesOfSecretVersions(name).byPage()
      const { value, done } = await pages.next()
      return done ? [] : value
    })
  }

  /** Stores a value, as the first version or the next; answers the name of the version. */
  async set(
    name: string,
    value: string,
    { signal, ...properties }: CallOptions & Pick<SetSecretOptions, 'contentType' | 'tags'>,
  ): Promise<string | undefined> {
    const secret = await this.#ask({ signal }, () =>
      this.#client.setSecret(name, value, properties),
    )
    return secret.properties.version
  }

  /** Begins a deletion. It is done when the secret can be found among the deleted ones. */
  async delete(name: string, options: CallOptions): Promise<void> {
    await this.#ask(options, () => this.#client.beginDeleteSecret(name))
  }

  /** Begins to undo a deletion. It is done when the secret can be read. */
  async recover(name: string, options: CallOptions): Promise<void> {
    await this.#ask(options, () => this.#client.beginRecoverDeletedSecret(name))
  }

  /** Takes away for good what has been deleted. */
  async purge(name: string, options: CallOptions): Promise<void> {
    await this.#ask(options, () => this.#client.purgeDeletedSecret(name))
  }

  /** Asks again and again until there is an answer other than `null`, as long as the caller waits. */
  async waitFor<T>(ask: () => Promise<T | null>, { signal }: CallOptions): Promise<T> {
    for (;;) {
      const found = await ask()
      if (found !== null) return found
      await wait(this.#clock, pollMs, AbortSignal.any([signal])).catch(gaveUp)
    }
  }

  /**
   * Names, in the vault's order. The SDK is not asked: its pages do not say where the next one begins.
   *
   * @param after - `next` of the page before; what it says goes into an address of our own
   */
  async listNames({
    after,
    limit = pageSize,
    signal,
  }: CallOptions & {
    readonly after?: string | undefined
    readonly limit?: number
  }): Promise<NamesPage> {
    const query = new URLSearchParams({ 'api-version': apiVersion, maxresults: String(limit) })
    if (after !== undefined) query.set('$skiptoken', after)
    const answer = parseJson(await this.#transport.get(`/secrets?${query.toString()}`, { signal }))
    const secrets = memberOf(answer, 'value')
    if (!Array.isArray(secrets)) throw unreadable('no list')
    const names = secrets.map((secret) => nameIn(memberOf(secret, 'id')))
    return { names, next: skipToken(memberOf(answer, 'nextLink')) }
  }

  close(): void {
    this.#transport.close()
  }

  async #orNull<T>(options: CallOptions, call: () => Promise<T>): Promise<T | null> {
    try {
      return await this.#ask(options, call)
    } catch (error) {
      if (isRefusal(error, 'SecretNotFound')) return null
      throw error
    }
  }

  async #ask<T>({ signal }: CallOptions, call: () => Promise<T>): Promise<T> {
    try {
      return await this.#signals.run(signal, call)
    } catch (error) {
      throw error instanceof BackendFailure ? error : unreadable((error as Error).name)
    }
  }
}

export interface KeyVaultClientOptions {
  readonly connection: OutboundConnection
  readonly tokens: AccessTokens
  readonly clock: Clock
}

function nameIn(id: unknown): string {
  const name = /^https:\/\/[^/]+\/secrets\/([0-9A-Za-z-]+)$/.exec(String(id))?.[1]
  if (name === undefined) throw unreadable('no name')
  return name
}

/** What the link to a next page says of where that begins. The rest of it could lead anywhere. */
function skipToken(link: unknown): string | undefined {
  if (link === undefined || link === null) return undefined
  const url = typeof link === 'string' && URL.canParse(link) ? new URL(link) : undefined
  const token = url?.searchParams.get('$skiptoken')
  if (typeof token !== 'string') throw unreadable('no $skiptoken')
  return token
}

function readTime(header: string | undefined): Date | undefined {
  const time = new Date(header ?? '')
  return Number.isNaN(time.getTime()) ? undefined : time
}

const unreadable = (why: string): BackendFailure =>
  new BackendFailure('unreadable_answer', "The answer is not one of Azure Key Vault's.", {
    hint: 'Check that vaultUrl is the address of the vault itself, not of a proxy before it.',
    cause: { name: why },
  })

function gaveUp(): never {
  throw new BackendFailure('timeout', 'Azure took longer than the time this request had.')
}
