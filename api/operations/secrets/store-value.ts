import { isUtf8 } from 'node:buffer'
import type { Transaction } from '../../database/database.ts'
import type { OrganizationKeys } from '../../keyring/organization-keys.ts'
import { SealBroken } from '../../keyring/seal.ts'
import { SecretValue, type Encoding } from '../../keyring/secret-value.ts'
import type { Principal } from '../../principals/principal.ts'
import { localPlace } from '../../resolver/resolver.ts'

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
  secret: { readonly id: string; readonly organizationId: string },
  { value, encoding }: NewValue,
  principal: Principal,
): Promise<number> {
  const ofSecret = { organizationId: secret.organizationId, secretId: secret.id }
  const fingerprint = keys.fingerprint(secret.id, value)
  const newest = await transaction.secretVersion.findFirst({
    where: ofSecret,
    orderBy: { number: 'desc' },
    select: { number: true, state: true, fingerprint: true, encoding: true },
  })
  const same = newest?.fingerprint === fingerprint && newest.encoding === encoding
  if (newest?.state === 'current' && same) return newest.number
  const number = newest ? newest.number + 1 : FIRST_VERSION
  const place = localPlace(secret.id, number)
  const sealed = keys.seal(place, value)
  // What cannot be opened again must not replace the place it came from.
  if (!keys.open(place, sealed).reveal().equals(value.reveal())) throw new SealBroken()
  const { bytes, sealFormat, dataKeyId } = sealed
  await transaction.secretVersion.updateMany({
    where: { ...ofSecret, state: 'current' },
    data: { state: 'past' },
  })
  await transaction.secretVersion.create({
    data: {
      ...ofSecret,
      number,
      state: 'current',
      value: bytes,
      sealFormat,
      dataKeyId,
      encoding,
      fingerprint,
      size: value.length,
      isText: isText(value),
      createdBy: principal.name,
    },
  })
  await transaction.secretVersion.deleteMany({
    where: { ...ofSecret, number: { lte: number - KEPT_VERSIONS } },
  })
  return number
}

/** Whether it can be part of a text in the environment of a process. */
const isText = (value: SecretValue): boolean =>
  isUtf8(value.reveal()) && !value.reveal().includes(0)
