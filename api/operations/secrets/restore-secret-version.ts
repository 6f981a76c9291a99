import type { Transaction } from '../../database/database.ts'
import type { Secret } from '../../database/gen/client.ts'
import { notFound, Refused } from '../../errors.ts'
import type { OrganizationKeys } from '../../keyring/organization-keys.ts'
import { localPlace } from '../../resolver/resolver.ts'
import { visibleSecrets } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { requireEnvsFit } from '../envs/env-size.ts'
import { nextRotation } from '../next-rotation.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'
import { storeValue, type NewValue } from './store-value.ts'

/**
 * Stores the value of an earlier version as a new one, so that numbers go on and the history says what
 * happened. When the current version has that very value, nothing changes.
 */
export const restoreSecretVersion = (services: Services) =>
  operation('RestoreSecretVersion', async ({ params: { id, version } }, context) => {
    const { database, keyring } = services
    const { principal } = context
    const found = await database.prisma.secret.findFirst({
      where: { id, ...visibleSecrets(principal), deletedAt: null },
      select: { organizationId: true },
    })
    if (!found) throw notFound()
    // Read now: inside the transaction there may be no second connection for it.
    const keys = await keyring.of(found.organizationId)
    const row = await changing(services, context, ['Secret', id], async (transaction, secret) => {
      if (secret.storage === 'remote') throw keptElsewhere()
      const value = await openVersion(transaction, keys, secret, version)
      const number = await storeValue(transaction, keys, secret, value, principal)
      if (number !== secret.currentVersion) {
        const rotatedAt = new Date()
        const rotateAt = nextRotation(rotatedAt, secret.rotateEvery)
        await transaction.secret.update({
          where: { id },
          data: { currentVersion: number, rotatedAt, rotateAt, revision: { increment: 1 } },
        })
        const { organizationId } = secret
        await requireEnvsFit(transaction, organizationId, { secretIds: [id] })
      }
      const result = await transaction.secret.findUniqueOrThrow({
        where: { id },
        include: withCurrent,
      })
      return { result, detail: { restored: Number(version), version: number } }
    })
    return toAnswer(principal)(row)
  })

const keptElsewhere = () =>
  new Refused(
    'invalid',
    'This secret is read from a provider. Name an older version of the store with `remoteVersion`, or take the value back here by changing it to `"storage": "local"`.',
  )

/** The value of a version that is kept. */
async function openVersion(
  transaction: Transaction,
  keys: OrganizationKeys,
  { id, organizationId }: Secret,
  version: string,
): Promise<NewValue> {
  // Nine digits fit into the column, and no secret was ever changed that often.
  const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined
  if (number === undefined) throw notKept()
  const row = await transaction.secretVersion.findFirst({
    where: { organizationId, secretId: id, number, state: { in: ['current', 'past'] } },
  })
  if (!row?.value || row.sealFormat === null || row.dataKeyId === null) throw notKept()
  const { value: bytes, sealFormat, dataKeyId, encoding } = row
  const value = keys.open(localPlace(id, number), { bytes, sealFormat, dataKeyId })
  return { value, encoding: encoding ?? value.encode().encoding }
}

const notKept = () =>
  notFound('This version is not kept. GET /api/secrets/{id}/versions lists those that are.')
