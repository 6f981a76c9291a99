import type {
  CallOptions,
  CheckReport,
  Listing,
  ReadOptions,
  SecretBackend,
  StoredSecret,
  Written,
} from '../backend.ts'
import { BackendFailure } from '../backend.ts'
import type { BackendWorld } from '../registry.ts'
import { checkToken } from './check-token.ts'
import { type FullPath, type Mount, Mounts } from './mounts.ts'
import { NotKv1, readKv1, readKv2 } from './read-kv.ts'
import { vaultAuth } from './vault-auth.ts'
import { VaultClient } from './vault-client.ts'
import type { VaultConfig } from './vault-config.ts'
import { invalidPath, parseVaultPath } from './vault-path.ts'

/** Opens a HashiCorp Vault or OpenBao. Contacts nothing before the first call. */
export async function openBackend(
  config: VaultConfig,
  { outbound }: BackendWorld,
): Promise<SecretBackend> {
  const client = await VaultClient.load({
    connection: outbound.connect(config),
    auth: vaultAuth(config),
    namespace: config.namespace,
  })
  return new Vault(client, new Mounts(client, config))
}

/**
 * Key-value secrets, version 1 and 2. A path names the mount and the secret in it; for version 2 it
 * may have `data` between the two, as in Vault's own API. So the version 2 secret `data/x` of the
 * mount `secret` is written `secret/data/data/x`: a first `data` is always taken for the API's.
 */
class Vault implements SecretBackend {
  readonly #client: VaultClient
  readonly #mounts: Mounts

  constructor(client: VaultClient, mounts: Mounts) {
    this.#client = client
    this.#mounts = mounts
  }

  async read(path: string, options: ReadOptions): Promise<StoredSecret | null> {
    const version = options.version === undefined ? undefined : parseVersion(options.version)
    const segments = this.#mounts.fullPath(parseVaultPath(path))
    const mount = await this.#mounts.find(segments, options)
    try {
      return await this.#readIn(mount, segments, version, options)
    } catch (error) {
      if (!(error instanceof NotKv1) || mount.versionIsSet) throw error
    }
    // Upgraded since it was learnt, perhaps: ask again, once.
    this.#mounts.forget(mount)
    const asked = await this.#mounts.find(segments, options)
    return await this.#readIn(asked, segments, version, options)
  }

  check(options: CallOptions): Promise<CheckReport> {
    return checkToken(this.#client, this.#mounts, options)
  }

  write(): Promise<Written> {
    throw new BackendFailure('misconfigured', 'Writing is not there yet.')
  }

  remove(): Promise<void> {
    throw new BackendFailure('misconfigured', 'Removing is not there yet.')
  }

  restore(): Promise<void> {
    throw new BackendFailure('misconfigured', 'Restoring is not there yet.')
  }

  list(): Promise<Listing> {
    throw new BackendFailure('misconfigured', 'Listing is not there yet.')
  }

  close(): Promise<void> {
    this.#client.close()
    return Promise.resolve()
  }

  async #readIn(
    mount: Mount,
    segments: FullPath,
    version: string | undefined,
    options: CallOptions,
  ): Promise<StoredSecret | null> {
    const rest = segments.slice(mount.segments.length)
    const name =
      mount.kvVersion === 2 && rest.length > 1 && rest[0] === 'data' ? rest.slice(1) : rest
    if (name.length === 0) throw invalidPath('The path names a mount, not a secret in it.')

    const place = { client: this.#client, mount, name }
    const stored =
      mount.kvVersion === 2
        ? await readKv2(place, version, options)
        : await readKv1(place, version, options)
    // Something was there, so a guess about the mount was right.
    if (stored) this.#mounts.remember(mount)
    return stored
  }
}

function parseVersion(version: string): string {
  if (/^[1-9]\d{0,8}$/.test(version)) return version
  throw new BackendFailure(
    'version_missing',
    'Vault numbers versions 1, 2, 3; there is no such version.',
  )
}
