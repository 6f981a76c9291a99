import type { ProviderType } from '../../contract/schemas/provider-types/index.ts'
import type { SecretBackend } from './backend.ts'
import type { Backends, ProviderSettings } from './registry.ts'
import type { PlainConfig } from './rules.ts'

/** The store that the deployment's settings name. It belongs to no organization, and keeps values of many. */
export class DeploymentStore {
  readonly #settings: ProviderSettings
  readonly #backends: Backends

  /** @param backends - of its own, with a way out that no provider has */
  constructor(settings: ProviderSettings, backends: Backends) {
    this.#settings = settings
    this.#backends = backends
  }

  get type(): ProviderType {
    return this.#settings.type
  }

  get config(): PlainConfig {
    return this.#settings.config
  }

  open(): Promise<SecretBackend> {
    return this.#backends.open({ ...this.#settings, id: 'deployment', revision: 0 })
  }

  close(): Promise<void> {
    return this.#backends.close()
  }
}
