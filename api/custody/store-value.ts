import type { Transaction } from '../database/database.ts'
import type { Prisma } from '../database/gen/client.ts'
import type { OrganizationKeys } from '../keyring/organization-keys.ts'
import { SealBroken } from '../keyring/seal.ts'
import { SecretValue, type Encoding } from '../keyring/secret-value.ts'
import type { Principal } from '../principals/principal.ts'
import { localPlace } from '../resolver/resolver.ts'

/** A value to be kept here, and how its owner wrote it. */
export interface NewValue {
  readonly value: SecretValue
  readonly encoding: Encoding
}

/** Reads `value` and `encoding` of a body, which the schema has checked. */
export const newValue = (value: string, encoding: Encoding = 'utf8'): NewValue => ({
  value: SecretValue.fromBytes(Buffer.from(value, encoding)),
  encoding,
})

export const FIRST_VERSION = 1

/** Older versions are forgotten. */
const KEPT_VERSIONS = 10

/**
 * Makes a value the current version of a secret whose row is locked, and answers its number. The
 * same value again makes no new version.
 */
export async function storeValue(
  transaction: Transaction,
  keys: OrganizationKeys,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
  value: NewValue,
  principal: Principal,
): Promise<number> {
  const values = new Map([[id, value]])
  const numbers = await storeValues(transaction, keys, organizationId, values, principal)
  return numbers.get(id) ?? FIRST_VERSION
}

/** The same for many secrets of an organization, by their ids, in no more statements than for one. */
export async function storeValues(
  transaction: Transaction,
  keys: OrganizationKeys,
  organizationId: string,
  values: ReadonlyMap<string, NewValue>,
  principal: Principal,
): Promise<Map<string, number>> {
  const ofSecrets = { organizationId, secretId: { in: [...values.keys()] } }
  const newest = await transaction.secretVersion.findMany({
    where: ofSecrets,
    distinct: ['secretId'],
    orderBy: [{ secretId: 'asc' }, { number: 'desc' }],
    select: {
      ...{ secretId: true, number: true, state: true, fingerprint: true, encoding: true },
      path: true,
    },
  })
  const newestOf = new Map(newest.map((version) => [version.secretId, version]))
  const numbers = new Map<string, number>()
  const rows: Prisma.SecretVersionCreateManyInput[] = []
  for (const [secretId, { value, encoding }] of values) {
    const fingerprint = keys.fingerprint(secretId, value)
    const last = newestOf.get(secretId)
    const same = last?.fingerprint === fingerprint && last.encoding === encoding
    // One that a store keeps is the same value, and not kept here.
    const isNew = !(same && last.state === 'current' && last.path === null)
    const number = (last?.number ?? FIRST_VERSION - 1) + (isNew ? 1 : 0)
    numbers.set(secretId, number)
    if (!isNew) continue
    const ofVersion = { organizationId, secretId, number, fingerprint, createdBy: principal.name }
    rows.push({ ...ofVersion, state: 'current', ...sealed(keys, ofVersion, { value, encoding }) })
  }
  if (rows.length === 0) return numbers
  await transaction.secretVersion.updateMany({
    where: { organizationId, secretId: { in: rows.map((row) => row.secretId) }, state: 'current' },
    data: { state: 'past' },
  })
  await transaction.secretVersion.createMany({ data: rows })
  await forgetOldVersions(transaction, organizationId, rows)
  return numbers
}

/** Keeps the last ten of each. */
export async function forgetOldVersions(
  transaction: Transaction,
  organizationId: string,
  newest: readonly { readonly secretId: string; readonly number: number }[],
): Promise<void> {
  const old = newest
    .map(({ secretId, number }) => ({ secretId, number: { lte: number - KEPT_VERSIONS } }))
    .filter(({ number }) => number.lte >= FIRST_VERSION)
  if (old.length === 0) return
  await transaction.secretVersion.deleteMany({ where: { organizationId, OR: old } })
}

/** The columns of a value. What cannot be opened again must not replace the place it came from. */
function sealed(
  keys: OrganizationKeys,
  { secretId, number }: { readonly secretId: string; readonly number: number },
  { value, encoding }: NewValue,
) {
  const place = localPlace(secretId, number)
  const sealed = keys.seal(place, value)
  if (!keys.open(place, sealed).reveal().equals(value.reveal())) throw new SealBroken()
  const { bytes, sealFormat, dataKeyId } = sealed
  const about = { encoding, size: value.length, hasNul: value.reveal().includes(0) }
  return { value: bytes, sealFormat, dataKeyId, ...about }
}
