import { wentAway } from '../deadline.ts'
import type { AwsSmConfig } from './aws-sm/aws-config.ts'
import type { AzureKvConfig } from './azure-kv/azure-config.ts'
import type { BackendWorld } from './backend-world.ts'
import { BackendFailure, type CallOptions, type SecretBackend } from './backend.ts'
import type { GcpSmConfig } from './gcp-sm/gcp-config.ts'
import type { Outbound, WayOut } from './outbound/outbound.ts'
import { ProviderActivity } from './provider-activity.ts'
import { ReadQueue } from './read-queue.ts'
import { TokenFiles } from './token-files.ts'
import type { VaultConfig } from './vault/vault-config.ts'

/** A type of store and its validated settings. */
export type ProviderSettings =
  | { readonly type: 'vault'; readonly config: VaultConfig }
  | { readonly type: 'aws-sm'; readonly config: AwsSmConfig }
  | { readonly type: 'azure-kv'; readonly config: AzureKvConfig }
  | { readonly type: 'gcp-sm'; readonly config: GcpSmConfig }

/** One configured provider, as of one revision of its row. */
export type Provider = ProviderSettings & { readonly id: string; readonly revision: number }

export type ProviderType = ProviderSettings['type']

/** What the folder of each store exports. */
interface BackendModule<Config> {
  openBackend(config: Config, world: BackendWorld): Promise<SecretBackend>
}

/** Loaded on first use, so a deployment without a store never loads its SDK. */
const backends = {
  vault: () => import('./vault/vault.ts'),
  'aws-sm': () => import('./aws-sm/aws-sm.ts'),
  'azure-kv': () => import('./azure-kv/azure-kv.ts'),
  'gcp-sm': () => import('./gcp-sm/gcp-sm.ts'),
} satisfies {
  [Type in ProviderType]: () => Promise<
    BackendModule<Extract<ProviderSettings, { type: Type }>['config']>
  >
}

export interface BackendsOptions {
  readonly outbound: Outbound
  readonly tokenFiles?: TokenFiles
  /** How many providers stay open at once; the least recently used is closed first. */
  readonly capacity?: number
}

/**
 * Opens providers and keeps them open, so that calls share connections, limits and what was learnt
 * about the store. A provider that has changed is opened anew; calls under way finish on the old one.
 */
export class Backends {
  /** What was asked of each provider's store, and how it went. */
  readonly activity = new ProviderActivity()
  readonly #outbound: Outbound
  readonly #tokenFiles: TokenFiles
  readonly #capacity: number
  /** By provider id, the least recently used first. */
  readonly #kept = new Map<string, Kept>()
  /** No longer kept, still serving calls. */
  readonly #retired = new Set<Kept>()

  constructor({ outbound, tokenFiles = new TokenFiles([]), capacity = 500 }: BackendsOptions) {
    this.#outbound = outbound
    this.#tokenFiles = tokenFiles
    this.#capacity = capacity
  }

  /**
   * The backend of a provider, ready to be called. It need not be closed: `close` does nothing, and
   * it goes on working after the provider has changed, on the revision it was opened for. Rejects
   * with a `BackendFailure` when the store's package is missing or its settings cannot be used.
   */
  async open(provider: Provider): Promise<SecretBackend> {
    await this.#hold(provider, ({ backend }) => backend)
    const use = <T>({ signal }: CallOptions, call: Call<T>) => this.#use(provider, signal, call)
    return {
      read: (path, { signal, ...read }) =>
        use({ signal }, ({ queue }) => queue.read({ path, ...read }, { signal })),
      write: (path, value, options) =>
        use(options, ({ store }) => store.write(path, value, options)),
      remove: (path, options) => use(options, ({ store }) => store.remove(path, options)),
      restore: (path, options) => use(options, ({ store }) => store.restore(path, options)),
      list: (options) => use(options, ({ store }) => store.list(options)),
      check: (options) => use(options, ({ store }) => store.check(options)),
      close: () => Promise.resolve(),
    }
  }

  /** A backend that is shared with nobody, for testing settings before they are saved. The caller closes it. */
  openOnce(settings: ProviderSettings): Promise<SecretBackend> {
    return open(settings, { outbound: this.#outbound, tokenFiles: this.#tokenFiles })
  }

  /** Closes the backend of a provider that was deleted, as soon as the calls under way have finished. */
  forget(id: string): void {
    const kept = this.#kept.get(id)
    if (kept) this.#retire(id, kept)
  }

  /** Closes all of them. Calls under way may fail. */
  async close(): Promise<void> {
    const all = [...this.#kept.values(), ...this.#retired]
    this.#kept.clear()
    this.#retired.clear()
    await Promise.all(all.map(closeQuietly))
  }

  async #use<T>(provider: Provider, signal: AbortSignal, call: Call<T>): Promise<T> {
    try {
      const result = await this.#hold(provider, async ({ backend }) => call(await backend))
      this.activity.succeeded(provider.id)
      return result
    } catch (error) {
      if (error instanceof BackendFailure) {
        // A caller that went away says nothing about the store.
        const unheard = error.code === 'timeout' && wentAway(signal)
        if (!unheard) this.activity.failed(provider.id, error.code)
      }
      throw error
    }
  }

  /** What is no longer kept stays open as long as somebody holds it, and no longer. */
  async #hold<T>(provider: Provider, use: (kept: Kept) => Promise<T>): Promise<T> {
    const kept = this.#acquire(provider)
    kept.calls += 1
    try {
      return await use(kept)
    } finally {
      kept.calls -= 1
      this.#closeRetired(kept)
    }
  }

  #acquire(provider: Provider): Kept {
    const current = this.#kept.get(provider.id)
    if (current?.revision === provider.revision) {
      this.#kept.delete(provider.id)
      this.#kept.set(provider.id, current)
      return current
    }
    const kept: Kept = { revision: provider.revision, backend: this.#open(provider), calls: 0 }
    if (current && current.revision > provider.revision) {
      // Somebody still holds an older revision: it is served, and not kept.
      this.#retired.add(kept)
      return kept
    }
    if (current) this.#retire(provider.id, current)
    this.#kept.set(provider.id, kept)
    kept.backend.catch(() => {
      if (this.#kept.get(provider.id) === kept) this.#kept.delete(provider.id)
    })
    this.#makeRoom()
    return kept
  }

  async #open(provider: Provider): Promise<Opened> {
    const meter = this.activity.meterOf(provider.id)
    const outbound: WayOut = {
      connect: (settings) => this.#outbound.connect({ ...settings, meter }),
      checkAddress: (address) => this.#outbound.checkAddress(address),
      clock: this.#outbound.clock,
    }
    const store = await open(provider, { outbound, tokenFiles: this.#tokenFiles })
    return { store, queue: new ReadQueue(store) }
  }

  #makeRoom(): void {
    if (this.#kept.size <= this.#capacity) return
    const [oldest] = this.#kept
    if (oldest) this.#retire(...oldest)
  }

  #retire(id: string, kept: Kept): void {
    this.#kept.delete(id)
    this.#retired.add(kept)
    this.#closeRetired(kept)
  }

  #closeRetired(kept: Kept): void {
    if (kept.calls > 0 || !this.#retired.delete(kept)) return
    void closeQuietly(kept)
  }
}

interface Kept {
  readonly revision: number
  readonly backend: Promise<Opened>
  calls: number
}

interface Opened {
  readonly store: SecretBackend
  readonly queue: ReadQueue
}

type Call<T> = (backend: Opened) => Promise<T>

async function open(
  { type, config }: ProviderSettings,
  world: BackendWorld,
): Promise<SecretBackend> {
  const { openBackend } = await (backends[type] as () => Promise<BackendModule<unknown>>)()
  return openBackend(config, world)
}

async function closeQuietly({ backend }: Kept): Promise<void> {
  // One that could not be opened has nothing to close.
  await backend.then(({ store }) => store.close()).catch(() => undefined)
}
