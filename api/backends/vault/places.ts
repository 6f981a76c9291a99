import type { CallOptions } from '../backend.ts'
import { type FullPath, type Mount, Mounts, beginsWith } from './mounts.ts'
import { NotKv1 } from './read-kv.ts'
import type { SecretPlace } from './secret-place.ts'
import type { VaultClient } from './vault-client.ts'
import type { VaultServer } from './vault-config.ts'
import { invalidPath, parseVaultPath } from './vault-path.ts'
import { managedPrefix } from './vault-rules.ts'

/**
 * Finds out where in Vault a path leads. It names the mount and the secret in it; for version 2 it may
 * have `data` between the two, as in Vault's own API. So the version 2 secret `data/x` of the mount
 * `secret` is written `secret/data/data/x`: a first `data` is always taken for the API's.
 */
export class Places {
  readonly #client: VaultClient
  readonly #mounts: Mounts
  readonly #managed: FullPath
  /** Where the metadata of what is below the managed prefix is, when it is not where it would be. */
  readonly #metadata: FullPath | undefined
  readonly #hasPrefix: boolean

  constructor(client: VaultClient, config: VaultServer) {
    this.#client = client
    this.#mounts = new Mounts(client, config)
    this.#managed = this.#mounts.fullPath(parseVaultPath(managedPrefix(config)))
    this.#metadata =
      config.metadataPathPrefix === undefined
        ? undefined
        : this.#mounts.fullPath(parseVaultPath(config.metadataPathPrefix))
    this.#hasPrefix = config.pathPrefix !== undefined
  }

  /** The mount that the settings name. */
  get mount(): FullPath | undefined {
    return this.#mounts.mount
  }

  /** Calls with the place of a secret; once more, when its mount has been upgraded since it was learnt. */
  async secret<T>(
    path: string,
    options: CallOptions,
    use: (place: SecretPlace) => Promise<T>,
  ): Promise<T> {
    return await this.#at(this.#mounts.fullPath(parseVaultPath(path)), options, (place) => {
      if (place.name.length === 0) {
        throw invalidPath('The path names a mount, not a secret in it.')
      }
      return use(place)
    })
  }

  /** As `secret`, with the place of a folder, which may be a whole mount. */
  async folder<T>(
    path: string,
    options: CallOptions,
    use: (place: SecretPlace) => Promise<T>,
  ): Promise<T> {
    const segments = parseVaultPath(path.replace(/\/$/, ''))
    return await this.#at(this.#mounts.fullPath(segments), options, use)
  }

  /** Something was there, so a guess about the mount was right. */
  remember({ mount }: SecretPlace): void {
    this.#mounts.remember(mount)
  }

  /**
   * Places to ask Vault about what a token may do: in the mount of the settings, and where managed
   * secrets come to lie when the settings say so.
   */
  async probes(
    options: CallOptions,
  ): Promise<Readonly<Record<'mount' | 'managed', SecretPlace[]>>> {
    const at = async (segments: FullPath) =>
      this.#placeIn(await this.#find(segments, options), segments)
    const { mount } = this.#mounts
    return {
      mount: mount ? [await at([...mount, 'probe'])] : [],
      managed: this.#hasPrefix
        ? [await at([...this.#managed, 'probe']), await at([...this.#managed, 'a', 'b', 'probe'])]
        : [],
    }
  }

  async #at<T>(
    segments: FullPath,
    options: CallOptions,
    use: (place: SecretPlace) => Promise<T>,
  ): Promise<T> {
    const mount = await this.#find(segments, options)
    try {
      return await use(this.#placeIn(mount, segments))
    } catch (error) {
      if (!(error instanceof NotKv1) || mount.versionIsSet) throw error
    }
    // Upgraded since it was learnt, perhaps: ask again, once.
    this.#mounts.forget(mount)
    return await use(this.#placeIn(await this.#find(segments, options), segments))
  }

  #find(segments: FullPath, options: CallOptions): Promise<Mount> {
    return this.#mounts.find(segments, options)
  }

  #placeIn(mount: Mount, segments: FullPath): SecretPlace {
    const name = nameIn(mount, segments)
    const place = { client: this.#client, mount, name }
    if (mount.kvVersion === 1) return { ...place, metadata: [...mount.segments, ...name] }
    const managed = beginsWith(this.#managed, mount.segments) && nameIn(mount, this.#managed)
    const metadata =
      this.#metadata && managed && beginsWith(name, managed)
        ? [...this.#metadata, ...name.slice(managed.length)]
        : [...mount.segments, 'metadata', ...name]
    return { ...place, metadata }
  }
}

function nameIn({ segments, kvVersion }: Mount, path: FullPath): readonly string[] {
  const rest = path.slice(segments.length)
  return kvVersion === 2 && rest.length > 1 && rest[0] === 'data' ? rest.slice(1) : rest
}
