import type { routes, OperationId } from '../../contract/routes.ts'
import type { Transaction } from '../database/database.ts'
import { Refused } from '../errors.ts'
import type { Claim, Context, Handlers } from '../operations/operation.ts'
import type { Services } from '../operations/services.ts'

type Creating = {
  [Id in OperationId]: (typeof routes)[Id]['status'] extends 201 ? Id : never
}[OperationId]

/** By what operation each thing is read again. */
const readers = {
  CreateOrganization: 'GetOrganization',
  CreateScope: 'GetScope',
  CreateApiToken: 'GetApiToken',
  CreateSecretProvider: 'GetSecretProvider',
  CreateSecret: 'GetSecret',
  CreateEnv: 'GetEnv',
} as const satisfies Readonly<Record<Creating, OperationId>>

/** A creating request with an `Idempotency-Key`. */
export interface Creation {
  readonly key: string
  /** All that the caller sent: the same again must be the same creation. */
  readonly sent: unknown
  readonly context: Context
}

export interface Outcome {
  readonly answer: unknown
  /** Nothing was made: the answer is what an earlier request made, as it is now. */
  readonly replayed: boolean
}

/**
 * Lets a creating request be sent again without making its thing twice. What a key made is committed
 * together with the thing, so there is no moment in which a caller or a process may go away and leave
 * one without the other. A refused request commits neither, and its key can be used again.
 *
 * A key belongs to the principal. It is remembered for a day, by the database's clock.
 */
export class Idempotency {
  readonly #database: Services['database']
  readonly #keyring: Services['keyring']
  readonly #handlers: Handlers
  /** Keys at work in this process. Other processes are kept out by a lock in the database. */
  readonly #running = new Set<string>()

  constructor({ database, keyring }: Pick<Services, 'database' | 'keyring'>, handlers: Handlers) {
    this.#database = database
    this.#keyring = keyring
    this.#handlers = handlers
  }

  /**
   * Answers what an earlier request with this key made, else what `create` makes. Rejects while that
   * request still runs, and when it was another one.
   *
   * @param create - hands the claim to the operation, which calls it in the transaction that creates
   */
  async once(creation: Creation, create: (claim: Claim) => Promise<unknown>): Promise<Outcome> {
    requireReadable(creation.key)
    const name = nameOf(creation)
    if (this.#running.has(name)) throw inProgress()
    this.#running.add(name)
    try {
      const record = await this.#find(creation)
      if (record) return await this.#replay(creation, record)
      return await this.#create(creation, create)
    } finally {
      this.#running.delete(name)
    }
  }

  async #create(creation: Creation, create: (claim: Claim) => Promise<unknown>): Promise<Outcome> {
    try {
      const answer = await create((transaction, id) => this.#claim(transaction, creation, id))
      return { answer, replayed: false }
    } catch (error) {
      if (!(error instanceof AlreadyMade)) throw error
      const record = await this.#find(creation)
      if (!record) throw inProgress()
      return await this.#replay(creation, record)
    }
  }

  /** Throws `AlreadyMade` when another process was faster, which undoes the transaction. */
  async #claim(transaction: Transaction, creation: Creation, resourceId: string): Promise<void> {
    const { key, context } = creation
    const principalId = context.principal.id
    // Tried, not waited for: a retry must not hold a connection for as long as the first one takes.
    const [lock] = await transaction.$queryRaw<{ readonly taken: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended(${nameOf(creation)}, 0)) AS taken`
    if (!lock?.taken) throw inProgress()
    const digest = new Uint8Array(this.#keyring.sign(signedText(creation)))
    const written = await transaction.$executeRaw`
      INSERT INTO "IdempotencyRecord" AS old
        ("principalId", key, operation, digest, "resourceId")
      VALUES (${principalId}::uuid, ${key}, ${context.operation}, ${digest}, ${resourceId}::uuid)
      ON CONFLICT ("principalId", key) DO UPDATE SET
        operation = excluded.operation, digest = excluded.digest,
        "resourceId" = excluded."resourceId", "createdAt" = excluded."createdAt"
      WHERE old."createdAt" <= now() - interval '24 hours'`
    if (written === 0) throw new AlreadyMade()
  }

  async #find({ key, context }: Creation): Promise<IdempotencyRecord | undefined> {
    const [record] = await this.#database.query<IdempotencyRecord>(
      'find-idempotency-record',
      `SELECT operation, digest, "resourceId" FROM "IdempotencyRecord"
       WHERE "principalId" = $1 AND key = $2 AND "createdAt" > now() - interval '24 hours'`,
      [context.principal.id, key],
    )
    return record
  }

  /** Reads the thing as its caller may see it now, so that a replay shows nothing that reading would not. */
  async #replay(
    creation: Creation,
    { operation, digest, resourceId }: IdempotencyRecord,
  ): Promise<Outcome> {
    if (!this.#keyring.hasSigned(signedText(creation), digest)) throw reused()
    if (operation === 'CreateApiToken' && !givesToken(creation)) throw shownOnce(resourceId)
    const reader = readers[operation]
    const input = { params: { id: resourceId }, query: undefined, body: undefined }
    const context = { ...creation.context, operation: reader }
    const answer = await this.#handlers[reader](input, context).catch((error: unknown) => {
      throw error instanceof Refused && error.code === 'not_found' ? gone(resourceId) : error
    })
    // What is not complete may still be undone: nobody is to be told that it was made.
    if (typeof answer === 'object' && 'pending' in answer) throw inProgress()
    return { answer, replayed: true }
  }
}

interface IdempotencyRecord {
  readonly operation: Creating
  readonly digest: Uint8Array
  readonly resourceId: string
}

/** Another process committed a creation with this key after we had looked. */
class AlreadyMade extends Error {
  override readonly name = 'AlreadyMade'
}

function requireReadable(key: string): void {
  if (/^[ -~]{1,255}$/.test(key)) return
  throw new Refused('malformed', 'An Idempotency-Key has 1 to 255 printable ASCII characters.')
}

/** Whether the caller made the token himself: then the answer shows nothing that is shown only once. */
const givesToken = ({ sent }: Creation): boolean =>
  (sent as { readonly body?: { readonly token?: unknown } }).body?.token !== undefined

const nameOf = ({ key, context }: Creation): string =>
  JSON.stringify(['idempotency', context.principal.id, key])

/** Bound to its key and principal, so that equal bodies leave no equal digests. */
const signedText = ({ key, sent, context: { operation, principal } }: Creation): string =>
  JSON.stringify(['idempotency', principal.id, key, operation, sent], inOrder)

/** Members of an object mean the same in any order. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

const inProgress = () =>
  new Refused(
    'request_in_progress',
    'A request with this Idempotency-Key still runs. Send it again in a moment.',
    { retryAfterSeconds: 1 },
  )

const reused = () =>
  new Refused(
    'idempotency_key_reused',
    'This Idempotency-Key belongs to another request of this token. Choose a new key for each thing to be made.',
  )

const shownOnce = (id: string) =>
  new Refused(
    'token_not_shown_again',
    `An earlier request made this token, ${id}, and only its answer showed it. If that was lost, revoke the token and create another one with a new Idempotency-Key.`,
  )

const gone = (id: string) =>
  new Refused(
    'not_found',
    `The request with this Idempotency-Key made ${id}, which is gone or out of the reach of this token. To make another, choose a new key.`,
  )
