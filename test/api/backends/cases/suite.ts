import type { SecretBackend, StoredSecret, Written } from '../../../../api/backends/backend.ts'
import { selectKey } from '../../../../api/backends/select-key.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import type { BackendHarness, Keeps, Means } from '../backend-harness.ts'

/** One guarantee. */
export interface Case {
  /** Left out, with the reason, where a store has none of this. */
  readonly needs?: Exclude<keyof Keeps, 'shape'>
  /** How the harness brings about what the case is about. */
  readonly by?: keyof Means
  readonly run: (suite: Suite) => Promise<void>
}

/** By their names. */
export type Cases = Readonly<Record<string, Case>>

/** Never aborted before the tests are over. */
export const signal = AbortSignal.timeout(240_000)

/** A secret of ours: what `write` marks belongs to it. */
export const owner = '01890a5d-ac96-774b-bcce-b302099a8057'

/** Another secret of ours. */
export const somebody = '01890a5d-ac96-774b-bcce-b302099a8999'

/** One store with one backend open, in the words of the cases: names in place of paths. */
export interface Suite {
  readonly store: BackendHarness
  readonly keeps: Keeps
  readonly backend: SecretBackend
  readonly read: (name: string, version?: string) => Promise<StoredSecret | null>
  /** What a reference with this key stands for. */
  readonly valueOf: (name: string, key?: string) => Promise<string>
  readonly write: (name: string, value: string | Buffer, given?: WriteGiven) => Promise<Written>
  /** The bytes that `write` was given. */
  readonly written: (name: string, version?: string) => Promise<Buffer | null>
  readonly remove: (name: string, given?: RemoveGiven) => Promise<void>
  readonly restore: (name: string) => Promise<void>
  /** The paths of a listing, page by page; those of folders end with a slash. */
  readonly list: (prefix: string | undefined, limit: number) => Promise<readonly string[][]>
  /** The same store with a backend of its own, for what would leave traces in the one that the cases share. */
  readonly alone: (
    open: () => Promise<SecretBackend>,
    use: (suite: Suite) => Promise<void>,
  ) => Promise<void>
}

interface WriteGiven {
  readonly isNew?: boolean
  readonly owner?: string
}

interface RemoveGiven {
  readonly forGood?: boolean
  readonly owner?: string
}

export function suiteOf(store: BackendHarness, keeps: Keeps, backend: SecretBackend): Suite {
  const read: Suite['read'] = (name, version) => backend.read(store.path(name), { signal, version })

  return {
    store,
    keeps,
    backend,
    read,
    async valueOf(name, key) {
      const stored = await read(name)
      if (!stored) throw new Error(`Nothing is stored at ${name}`)
      return selectKey(stored, key).reveal().toString('utf8')
    },
    write(name, value, given) {
      const encoding = typeof value === 'string' ? 'utf8' : 'base64'
      const bytes = SecretValue.fromBytes(typeof value === 'string' ? Buffer.from(value) : value)
      const options = { signal, isNew: true, encoding, owner, ...given } as const
      return backend.write(store.path(name), bytes, options)
    },
    async written(name, version) {
      const options = { signal, version, managed: true }
      const stored = await backend.read(store.path(name), options)
      return stored && stored.value.reveal()
    },
    remove: (name, given) =>
      backend.remove(store.path(name), { signal, forGood: false, owner, ...given }),
    restore: (name) => backend.restore(store.path(name), { signal, owner }),
    async list(prefix, limit) {
      const pages: string[][] = []
      let after: string | undefined
      do {
        const { items, next } = await backend.list({ signal, prefix, after, limit })
        pages.push(items.map(({ path, folder }) => (folder ? `${path}/` : path)))
        after = next
      } while (after !== undefined && pages.length < 1000)
      return pages
    },
    async alone(open, use) {
      const own = await open()
      try {
        await use(suiteOf(store, keeps, own))
      } finally {
        await own.close()
      }
    },
  }
}
