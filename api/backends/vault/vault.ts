import type { SecretValue } from '../../keyring/secret-value.ts'
import {
  BackendFailure,
  type CallOptions,
  type CheckReport,
  type Listing,
  type ListOptions,
  type OwnOptions,
  type ReadOptions,
  type RemoveOptions,
  type SecretBackend,
  type StoredSecret,
  type WriteOptions,
  type Written,
} from '../backend.ts'
import { NameTurns } from '../name-turns.ts'
import type { BackendWorld } from '../backend-world.ts'
import { checkToken } from './check-token.ts'
import { list } from './list-kv.ts'
import { unwrapValue } from './managed-value.ts'
import { openAuth } from './open-auth.ts'
import { Places } from './places.ts'
import { readKv1, readKv2 } from './read-kv.ts'
import { removeKv1, removeKv2, restoreKv2 } from './remove-kv.ts'
import { VaultClient } from './vault-client.ts'
import type { VaultConfig } from './vault-config.ts'
import { VaultTransport } from './vault-transport.ts'
import { writeKv1, writeKv2 } from './write-kv.ts'

/** Opens a HashiCorp Vault or OpenBao. Contacts nothing before the first call. */
export async function openBackend(
  config: VaultConfig,
  world: BackendWorld,
): Promise<SecretBackend> {
  const transport = await VaultTransport.load({
    connection: world.outbound.connect(config),
    namespace: config.namespace,
  })
  const client = new VaultClient(transport, openAuth(config, transport, world))
  return new Vault(client, new Places(client, config))
}

/** Key-value secrets, version 1 and 2. */
class Vault implements SecretBackend {
  readonly #client: VaultClient
  readonly #places: Places
  readonly #turns = new NameTurns()

  constructor(client: VaultClient, places: Places) {
    this.#client = client
    this.#places = places
  }

  async read(path: string, options: ReadOptions): Promise<StoredSecret | null> {
    const version = options.version === undefined ? undefined : parseVersion(options.version)
    return await this.#places.secret(path, options, async (place) => {
      const read = place.mount.kvVersion === 2 ? readKv2 : readKv1
      const stored = await read(place, version, options)
      if (stored) this.#places.remember(place)
      return stored && options.managed ? unwrapValue(stored) : stored
    })
  }

  write(path: string, value: SecretValue, options: WriteOptions): Promise<Written> {
    // One at a time: of two that make the same secret, the later would take the mark off again.
    return this.#turns.take(path, options, () =>
      this.#places.secret(path, options, (place) =>
        place.mount.kvVersion === 2
          ? writeKv2(place, value, options)
          : writeKv1(place, value, options),
      ),
    )
  }

  remove(path: string, options: RemoveOptions): Promise<void> {
    return this.#places.secret(path, options, (place) =>
      place.mount.kvVersion === 2 ? removeKv2(place, options) : removeKv1(place, options),
    )
  }

  restore(path: string, options: OwnOptions): Promise<void> {
    return this.#places.secret(path, options, async (place) => {
      if (place.mount.kvVersion === 2) await restoreKv2(place, options)
    })
  }

  list(options: ListOptions): Promise<Listing> {
    return list(this.#client, this.#places, options)
  }

  check(options: CallOptions): Promise<CheckReport> {
    return checkToken(this.#client, this.#places, options)
  }

  close(): Promise<void> {
    return this.#client.close()
  }
}

function parseVersion(version: string): string {
  if (/^[1-9]\d{0,8}$/.test(version)) return version
  throw new BackendFailure(
    'version_missing',
    'Vault numbers versions 1, 2, 3; there is no such version.',
  )
}
