import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Database, Transaction } from '../database/database.ts'
import { deriveKey, keyId, MasterKeyError, type MasterKeyInput } from './master-key.ts'
import { OrganizationKeys } from './organization-keys.ts'
import { open, seal, SEAL_FORMAT, type Place } from './seal.ts'

/**
 * The keys of a running API. Master keys, which the operator holds, wrap two keys per organization,
 * which lie in the database: one seals its values, one makes fingerprints and outlives the other.
 */
export class Keyring {
  readonly #database: Database
  readonly #masterKeys: ReadonlyMap<string, Buffer>
  readonly #activeId: string
  readonly #organizations = new Map<string, OrganizationKeys>()
  readonly #signingKeys = new Map<string, Buffer>()

  private constructor(
    database: Database,
    masterKeys: ReadonlyMap<string, Buffer>,
    activeId: string,
  ) {
    this.#database = database
    this.#masterKeys = masterKeys
    this.#activeId = activeId
  }

  /**
   * Checks the given keys against the database, and introduces those that it does not know yet: all
   * of them to an empty one, else those that come beside one it knows. Throws `MasterKeyError` when
   * they do not open what is there: starting without them would turn every stored secret into an
   * error one by one.
   *
   * @param inputs - the last one wraps new keys
   */
  static async open(database: Database, inputs: readonly MasterKeyInput[]): Promise<Keyring> {
    const keys = await introduceAll(database, inputs)
    const masterKeys = new Map(keys.map(({ id, key }) => [id, key]))
    return new Keyring(database, masterKeys, keys.at(-1)?.id ?? '')
  }

  /** Makes the keys of a new organization, in the transaction that makes the organization. */
  async create(transaction: Transaction, organizationId: string): Promise<void> {
    for (const purpose of ['seal', 'fingerprint'] as const) {
      const id = uuidv7()
      const place = dataKeyPlace(organizationId, id, purpose, this.#activeId)
      await transaction.dataKey.create({
        data: {
          id,
          organizationId,
          purpose,
          masterKeyId: this.#activeId,
          wrapped: new Uint8Array(seal(this.#masterKey(this.#activeId), place, randomBytes(32))),
          sealFormat: SEAL_FORMAT,
        },
      })
    }
  }

  /**
   * The keys of one organization. Call it before a transaction, never inside: it may read the
   * database. Rejects with `SealBroken` when they do not open.
   */
  async of(organizationId: string): Promise<OrganizationKeys> {
    const known = this.#organizations.get(organizationId)
    if (known) return known
    const rows = await this.#database.prisma.dataKey.findMany({
      where: { organizationId },
      orderBy: { createdAt: 'asc' },
    })
    const keys = new OrganizationKeys(
      organizationId,
      rows.map(({ id, purpose, masterKeyId, wrapped }) => {
        const place = dataKeyPlace(organizationId, id, purpose, masterKeyId)
        return { id, purpose, key: open(this.#masterKey(masterKeyId), place, wrapped) }
      }),
    )
    if (this.#organizations.size >= REMEMBERED) this.#organizations.clear()
    this.#organizations.set(organizationId, keys)
    return keys
  }

  /** Drops the unwrapped keys of an organization that is deleted. */
  forget(organizationId: string): void {
    this.#organizations.delete(organizationId)
  }

  /** 32 bytes that only a holder of a master key can make for this text. It begins with what it is for. */
  sign(text: string): Buffer {
    return mac(this.#signingKey(this.#activeId), text)
  }

  /** Whether `sign` made it, or began with it, here or in a process that has one of these master keys. */
  hasSigned(text: string, signature: Uint8Array): boolean {
    return [...this.#masterKeys.keys()].some((id) => {
      const expected = mac(this.#signingKey(id), text).subarray(0, signature.length)
      return (
        expected.length >= 16 &&
        expected.length === signature.length &&
        timingSafeEqual(expected, signature)
      )
    })
  }

  #signingKey(id: string): Buffer {
    const known = this.#signingKeys.get(id)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', this.#masterKey(id), '', 'agyn-secrets signing', 32))
    this.#signingKeys.set(id, key)
    return key
  }

  #masterKey(id: string): Buffer {
    const key = this.#masterKeys.get(id)
    if (!key) throw new MasterKeyError(`The master key ${id} is not loaded.`)
    return key
  }
}

const mac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

interface MasterKeyRow {
  readonly id: string
  readonly derivation: string
  readonly salt: Uint8Array | null
  readonly canary: Uint8Array
}

interface MasterKey {
  readonly id: string
  readonly key: Buffer
}

/** Answers the keys of the inputs, in their order, once each has its row. */
async function introduceAll(
  database: Database,
  inputs: readonly MasterKeyInput[],
): Promise<MasterKey[]> {
  const rows = await database.prisma.masterKey.findMany()
  const known: (MasterKey | undefined)[] = []
  // One after the other: each derivation from a passphrase takes 128 MiB.
  for (const input of inputs) known.push(await recognise(input, rows))
  if (rows.length > 0 && known.every((key) => key === undefined)) throw wrongKey(rows)
  const used = await database.prisma.dataKey.groupBy({ by: ['masterKeyId'] })
  const missing = used
    .map(({ masterKeyId }) => ({ id: masterKeyId }))
    .filter(({ id }) => known.every((key) => key?.id !== id))
  if (missing.length > 0) throw wrongKey(missing)
  const strangers = inputs.filter((_, index) => known[index] === undefined)
  if (strangers.length === 0) return known.filter((key) => key !== undefined)

  const made: Awaited<ReturnType<typeof makeRow>>[] = []
  for (const input of strangers) made.push(await makeRow(input))
  await database.transaction(async (transaction) => {
    // Two first starts at once must not each choose a salt: who comes second looks again.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${MASTER_KEY_LOCK})`
    if ((await transaction.masterKey.count()) !== rows.length) return
    await transaction.masterKey.createMany({ data: made })
  })
  return await introduceAll(database, inputs)
}

/** Finds the row that a given key belongs to, and proves it on the canary. */
async function recognise(
  input: MasterKeyInput,
  rows: readonly MasterKeyRow[],
): Promise<MasterKey | undefined> {
  for (const row of rows) {
    if (row.derivation !== input.derivation) continue
    const key = await deriveKey(input, row.salt ?? new Uint8Array())
    if (keyId(key) !== row.id) continue
    proveCanary(key, row)
    return { id: row.id, key }
  }
  return undefined
}

function proveCanary(key: Buffer, { id, canary }: MasterKeyRow): void {
  try {
    open(key, canaryPlace(id), canary)
  } catch (error) {
    throw new MasterKeyError(
      `The master key is the one that this database names (${id}), and does not open what was sealed with it: the row was changed outside the API. Restore the table MasterKey from a backup; nothing was changed.`,
      { cause: error },
    )
  }
}

async function makeRow(input: MasterKeyInput) {
  const salt = input.derivation === 'scrypt' ? new Uint8Array(randomBytes(32)) : null
  const key = await deriveKey(input, salt ?? new Uint8Array())
  const id = keyId(key)
  const canary = new Uint8Array(seal(key, canaryPlace(id), Buffer.from('canary')))
  return { id, derivation: input.derivation, salt, canary, sealFormat: SEAL_FORMAT }
}

const wrongKey = (rows: readonly { readonly id: string }[]) =>
  new MasterKeyError(
    `The master key does not open this database, which was sealed with key ${rows.map(({ id }) => id).join(', ')}. Start with that key in SECRETS_MASTER_KEY or SECRETS_MASTER_KEY_FILE; nothing was changed.`,
  )

const canaryPlace = (id: string): Place => ({
  organizationId: '',
  type: 'MasterKey',
  recordId: id,
  field: 'canary',
  version: '1',
  keyId: id,
})

const dataKeyPlace = (
  organizationId: string,
  id: string,
  purpose: string,
  masterKeyId: string,
): Place => ({
  organizationId,
  type: 'DataKey',
  recordId: id,
  field: purpose,
  version: '1',
  keyId: masterKeyId,
})

/** Any number, the same in every process. */
const MASTER_KEY_LOCK = 5_242_201

/** Organizations whose keys stay unwrapped in memory. */
const REMEMBERED = 10_000
