import {
  type CallOptions,
  type CheckReport,
  type ReadOptions,
  type SecretBackend,
  type StoredSecret,
} from './backend.ts'
import type { Outbound } from './outbound/outbound.ts'
import type { VaultConfig } from './vault/vault-config.ts'

/** A type of store and its validated settings. */
export type ProviderSettings = { readonly type: 'vault'; readonly config: VaultConfig }

/** One configured provider, as of one revision of its row. */
export type Provider = ProviderSettings & { readonly id: string; readonly revision: number }

export type ProviderType = ProviderSettings['type']

/** What the folder of each store exports. */
interface BackendModule<Config> {
  openBackend(config: Config, outbound: Outbound): Promise<SecretBackend>
}

/** Loaded on first use, so a deployment without a store never loads its SDK. */
const backends = {
  vault: () => import('./vault/vault.ts'),
} satisfies {
  [Type in ProviderType]: () => Promise<
    BackendModule<Extract<ProviderSettings, { type: Type }>['config']>
  >
}

export interface BackendsOptions {
  readonly outbound: Outbound
  /** How many providers stay open at once; the least recently used is closed first. */
  readonly capacity?: number
}

/**
 * Opens providers and keeps them open, so that calls share connections, limits and what was learnt
 * about the store. A provider that has changed is opened anew; calls under way finish on the old one.
 */
export class Backends {
  readonly #outbound: Outbound
  readonly #capacity: number
  /** By provider id, the least recently used first. */
  readonly #kept = new Map<string, Kept>()
  /** No longer kept, still serving calls. */
  readonly #retired = new Set<Kept>()

  constructor({ outbound, capacity = 500 }: BackendsOptions) {
    this.#outbound = outbound
    this.#capacity = capacity
  }

  /**
   * The backend of a provider, ready to be called. It need not be closed: `close` does nothing, and
   * it goes on working after the provider has changed, on the revision it was opened for. Rejects
   * with a `BackendFailure` when the store's package is missing or its settings cannot be used.
   */
  async open(provider: Provider): Promise<SecretBackend> {
    await this.#use(provider, () => Promise.resolve())
    return {
      read: (path: string, options: ReadOptions): Promise<StoredSecret | null> =>
        this.#use(provider, (backend) => backend.read(path, options)),
      check: (options: CallOptions): Promise<CheckReport> =>
        this.#use(provider, (backend) => backend.check(options)),
      close: () => Promise.resolve(),
    }
  }

  /** A backend that is shared with nobody, for testing settings before they are saved. The caller closes it. */
  async openOnce(settings: ProviderSettings): Promise<SecretBackend> {
    const { openBackend } = await backends[settings.type]()
    return openBackend(settings.config, this.#outbound)
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

  async #use<T>(provider: Provider, call: (backend: SecretBackend) => Promise<T>): Promise<T> {
    const kept = this.#acquire(provider)
    kept.calls += 1
    try {
      return await call(await kept.backend)
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
    const kept: Kept = { revision: provider.revision, backend: this.openOnce(provider), calls: 0 }
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
  readonly backend: Promise<SecretBackend>
  calls: number
}

async function closeQuietly({ backend }: Kept): Promise<void> {
  // One that could not be opened has nothing to close.
  await backend.then((opened) => opened.close()).catch(() => undefined)
}
