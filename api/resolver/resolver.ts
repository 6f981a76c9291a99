import type { FailureCode } from '../../contract/problems.ts'
import { MAX_VALUE_BYTES } from '../../contract/schemas/value-size.ts'
import { BackendFailure, type SecretBackend, type StoredSecret } from '../backends/backend.ts'
import { selectKey } from '../backends/select-key.ts'
import { deadline, type Deadline } from '../deadline.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { SecretValue } from '../keyring/secret-value.ts'
import { asBackendFailure } from './as-backend-failure.ts'
import { openStore, type KeptIn, type Opening, type StoreProvider } from './open-provider.ts'
import { ResolutionFailed, toFailure, type Failure } from './resolution-failed.ts'

/** All that is needed to find one value, as the database holds it. */
export interface Wanted {
  /** Name of the variable; absent when a secret is resolved for itself. */
  readonly env?: string
  readonly secret: WantedSecret
}

export interface WantedSecret {
  readonly id: string
  readonly name: string
  readonly organizationId: string
  readonly deleted: boolean
  readonly place: LocalPlace | RemotePlace | ManagedPlace | NoPlace
}

export interface LocalPlace {
  readonly storage: 'local'
  readonly version: number
  /** Its owner gave it in base64: whoever gets it expects bytes. */
  readonly writtenAsBytes: boolean
  readonly sealed: { bytes: Uint8Array<ArrayBuffer>; sealFormat: number; dataKeyId: string }
}

export interface RemotePlace {
  readonly storage: 'remote'
  readonly provider: StoreProvider
  readonly path: string
  readonly key: string | undefined
  readonly version: string | undefined
}

/** Of a value that we keep in a store. */
export interface ManagedPlace {
  readonly storage: 'managed'
  readonly store: KeptIn
  readonly path: string
  /** Our number of it; undefined until the first one has been written. */
  readonly version: number | undefined
  /** The store's own name of it; undefined where the store keeps no versions. */
  readonly storeVersion: string | undefined
  readonly writtenAsBytes: boolean
}

/** Of a secret that was deleted and purged. */
export interface NoPlace {
  readonly storage: 'none'
}

/** A value on its way to the workload. */
export interface Resolved {
  readonly value: SecretValue
  readonly version?: string
  readonly fingerprint: string
}

/** How it went with one value, and how long its store took. */
export type Outcome = { readonly latencyMs: number } & (
  { readonly resolved: Resolved } | { readonly failure: Failure }
)

/** Who asked, and until when he waits. */
export interface Caller {
  readonly signal: AbortSignal
}

/** All reads of one resolution together: the workload is waiting to start. */
const DEADLINE_MS = 10_000

/**
 * Finds values, all of them or none. Each path of a provider is read once however many of its keys
 * are wanted, and all of them side by side. Nothing is cached.
 */
export class Resolver {
  readonly #keyring: Keyring
  readonly #opening: Opening

  constructor(options: Opening) {
    this.#keyring = options.keyring
    this.#opening = options
  }

  /** The values in the order asked for. Rejects with `ResolutionFailed`, which names every failure. */
  async resolve(wanted: readonly Wanted[], caller: Caller): Promise<Resolved[]> {
    const outcomes = await this.attempt(wanted, caller)
    const failures = outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : []))
    if (failures.length > 0) throw new ResolutionFailed(failures)
    return outcomes.flatMap((outcome) => ('resolved' in outcome ? [outcome.resolved] : []))
  }

  /** How it goes with each, in the order asked for; a failure of one is no failure of the others. */
  async attempt(wanted: readonly Wanted[], caller: Caller): Promise<Outcome[]> {
    let inTime: Deadline | undefined
    const began = performance.now()
    const begun: Begun = {
      backends: new Map(),
      reads: new Map(),
      // Made at the first read of a provider: local values need no deadline.
      get signal() {
        return (inTime ??= deadline(DEADLINE_MS, caller.signal)).signal
      },
    }
    const outcomes = Promise.all(
      wanted.map(async (item): Promise<Outcome> => {
        const took = () => ({ latencyMs: performance.now() - began })
        try {
          const resolved = await this.#resolveOne(item.secret, begun)
          return { resolved, ...took() }
        } catch (error) {
          return { failure: describeFailure(item, asBackendFailure(error)), ...took() }
        }
      }),
    )
    return await outcomes.finally(() => inTime?.clear())
  }

  async #resolveOne(secret: WantedSecret, begun: Begun): Promise<Resolved> {
    if (secret.deleted) {
      throw new BackendFailure(
        'secret_deleted',
        secret.place.storage === 'none'
          ? 'The secret was deleted for good. Point the env at another one.'
          : 'The secret was deleted. Restore it, or point the env at another one.',
      )
    }
    const keys = await this.#keyring.of(secret.organizationId)
    const { place } = secret
    if (place.storage === 'local') {
      const value = keys.open(localPlace(secret.id, place.version), place.sealed)
      const fingerprint = keys.fingerprint(secret.id, value)
      return { value, version: String(place.version), fingerprint }
    }
    if (place.storage === 'none') throw new Error('A living secret without a place.')
    if (place.storage === 'managed' && place.version === undefined) throw notWrittenYet()
    const read = keyOf(whereOf(place))
    const stored = await once(begun.reads, read, () => this.#read(place, begun))
    if (!stored) throw nothingThere(place)
    const value = place.storage === 'managed' ? stored.value : selectKey(stored, place.key)
    if (value.length > MAX_VALUE_BYTES) {
      throw new BackendFailure(
        'too_large',
        `The value has ${value.length} bytes, and a secret has at most ${MAX_VALUE_BYTES}. Name one of its keys, or keep it elsewhere.`,
      )
    }
    const fingerprint = keys.fingerprint(secret.id, value)
    const version = place.storage === 'managed' ? place.version?.toString() : stored.version
    return { value, fingerprint, ...(version === undefined ? {} : { version }) }
  }

  async #read(
    place: RemotePlace | ManagedPlace,
    { backends, signal }: Begun,
  ): Promise<StoredSecret | null> {
    const { store, path, ...what } = whereOf(place)
    const backend = await once(backends, JSON.stringify(idOf(store)), () =>
      openStore(this.#opening, store),
    )
    return await backend.read(path, { ...what, signal })
  }
}

/** What is read of which store. */
const whereOf = (place: RemotePlace | ManagedPlace) =>
  place.storage === 'managed'
    ? { store: place.store, path: place.path, version: place.storeVersion, managed: true }
    : { store: { provider: place.provider }, path: place.path, version: place.version }

/** Equal for what is read once. The rest of a provider's row is the same for all of one resolution. */
const keyOf = ({ store, ...what }: ReturnType<typeof whereOf>): string =>
  JSON.stringify([idOf(store), what])

const idOf = ({ provider, defaultStore }: KeptIn) => [provider?.id, defaultStore]

const notWrittenYet = () =>
  new BackendFailure(
    'secret_pending',
    'The value of this secret is still being written to its store. Try again in a moment.',
    { retryAfterSeconds: 1 },
  )

const nothingThere = ({ storage }: RemotePlace | ManagedPlace) =>
  storage === 'managed'
    ? new BackendFailure(
        'path_missing',
        'The store has nothing at the path where the value is kept: somebody deleted it there. Restore it in the store, or give the secret a new value.',
      )
    : new BackendFailure(
        'path_missing',
        'The provider has nothing at this path. Check the path, and that the credentials may see it.',
      )

/** What one resolution has begun, so that nothing in it is done twice. */
interface Begun {
  /** By provider id. */
  readonly backends: Map<string, Promise<SecretBackend>>
  readonly reads: Map<string, Promise<StoredSecret | null>>
  readonly signal: AbortSignal
}

/** What is under way as `id`; begun when it is not. */
function once<T>(begun: Map<string, Promise<T>>, id: string, begin: () => Promise<T>): Promise<T> {
  const promise = begun.get(id) ?? begin()
  begun.set(id, promise)
  return promise
}

/** Where the value of a local secret is sealed. */
export const localPlace = (secretId: string, version: number) => ({
  type: 'SecretVersion',
  recordId: secretId,
  field: 'value',
  version: String(version),
})

/** What a secret is called, and where it is: for answers that help to find it. */
export const describeSecret = ({ id, name, place }: WantedSecret) => ({
  secretId: id,
  secretName: name,
  ...(place.storage === 'remote' ? describePlace(place.provider, place.path) : {}),
  ...(place.storage === 'managed' ? describePlace(place.store.provider, place.path) : {}),
})

const describePlace = (provider: StoreProvider | undefined, path: string) => ({
  ...(provider ? { providerId: provider.id, providerName: provider.name } : {}),
  path,
})

function describeFailure({ env, secret }: Wanted, error: BackendFailure): Failure {
  return {
    ...(env === undefined ? {} : { env }),
    ...describeSecret(secret),
    ...toFailure(error),
  }
}

export const secretMissing = (secretId: string): Failure & { readonly code: FailureCode } => ({
  secretId,
  code: 'secret_missing',
  detail: 'There is no secret with this id, or this token may not have it.',
})
