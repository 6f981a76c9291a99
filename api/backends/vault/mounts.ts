import { BackendFailure, type CallOptions } from '../backend.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { objectMember, readAnswer, textMember } from './vault-answer.ts'
import type { VaultClient } from './vault-client.ts'
import type { VaultServer } from './vault-config.ts'
import { invalidPath, parseVaultPath } from './vault-path.ts'

/** A key-value engine: where it is mounted, and which of the two it is. */
export interface Mount {
  readonly segments: readonly string[]
  readonly kvVersion: 1 | 2
  /** The provider's settings say the version; otherwise the server did, or it is a guess. */
  readonly versionIsSet: boolean
  /** The server itself has said this version. */
  readonly versionIsTold: boolean
}

/** A path from its mount on, however it was written. */
export type FullPath = readonly [string, ...string[]]

/**
 * Knows where in a path the mount ends. What the provider's settings say goes first; otherwise the
 * server is asked, once a mount. Where asking is forbidden, it is taken to be a version 2 whose name
 * ends before `data`, or is the first part.
 */
export class Mounts {
  /** The one that the settings name. */
  readonly mount: FullPath | undefined
  readonly #client: VaultClient
  readonly #kvVersion: 1 | 2 | undefined
  readonly #known: Mount[] = []
  readonly #asking = new Map<string, Promise<Mount>>()

  constructor(client: VaultClient, { mount, kvVersion }: VaultServer) {
    this.#client = client
    this.mount = mount === undefined ? undefined : parseVaultPath(mount.replace(/^\/|\/$/g, ''))
    this.#kvVersion = kvVersion
  }

  /** With a mount in the settings, a path may be written without it. */
  fullPath(path: FullPath): FullPath {
    return this.mount && !beginsWith(path, this.mount) ? [...this.mount, ...path] : path
  }

  async find(path: FullPath, options: CallOptions): Promise<Mount> {
    if (this.mount && this.#kvVersion) return this.#mountOf(this.mount, this.#kvVersion)
    const known = this.#known.find(({ segments }) => beginsWith(path, segments))
    if (known) return known

    const shared = this.#asking.get(path[0])
    if (shared) {
      const found = await unlessAborted(() => shared, options.signal).catch(() => null)
      // Another path may lie in another mount, and the call of somebody else may have failed.
      if (found && beginsWith(path, found.segments)) return found
    }
    const asked = this.#ask(path, options).finally(() => this.#asking.delete(path[0]))
    this.#asking.set(path[0], asked)
    return asked
  }

  /** Keeps a mount that has proved right. */
  remember(mount: Mount): void {
    if (!this.#known.some(({ segments }) => segments.join('/') === mount.segments.join('/'))) {
      this.#known.push(mount)
    }
  }

  /** Unlearns a mount that no longer is what it was, unless it has been learnt anew already. */
  forget(mount: Mount): void {
    const at = this.#known.indexOf(mount)
    if (at !== -1) this.#known.splice(at, 1)
  }

  async #ask(path: FullPath, options: CallOptions): Promise<Mount> {
    const request = {
      method: 'GET',
      segments: ['sys', 'internal', 'ui', 'mounts', ...path],
    } as const
    try {
      const { members } = readAnswer(await this.#client.request(request, options))
      const data = objectMember(members, 'data')
      const name = textMember(data, 'path')
      if (!data || name === undefined) return this.#guess(path)
      this.#requireKeyValue(textMember(data, 'type'))
      const asked = textMember(objectMember(data, 'options'), 'version') === '2' ? 2 : 1
      const mount = this.#mountOf(name.replace(/\/$/, '').split('/'), asked, { isTold: true })
      this.remember(mount)
      return mount
    } catch (error) {
      if (error instanceof BackendFailure && error.code === 'forbidden') return this.#guess(path)
      throw error
    }
  }

  #requireKeyValue(type: string | undefined): void {
    // Reading from another engine may do things, such as make a database account.
    if (this.#kvVersion === undefined && !keyValueTypes.has(type ?? '')) {
      throw invalidPath('The mount that this path names is not a key-value engine.')
    }
  }

  #guess(path: FullPath): Mount {
    const data = path.indexOf('data', 1)
    return this.#mountOf(path.slice(0, data === -1 ? 1 : data), 2)
  }

  /** What was found out, where the settings say nothing else. */
  #mountOf(segments: readonly string[], found: 1 | 2, { isTold = false } = {}): Mount {
    const kvVersion = this.#kvVersion ?? found
    return {
      segments: this.mount ?? segments,
      kvVersion,
      versionIsSet: this.#kvVersion !== undefined,
      versionIsTold: isTold && kvVersion === found,
    }
  }
}

const keyValueTypes: ReadonlySet<string> = new Set(['kv', 'generic', 'cubbyhole'])

export function beginsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((segment, at) => path[at] === segment)
}
