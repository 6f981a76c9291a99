import { MAX_VALUE_BYTES } from '../../../contract/schemas/secrets.ts'
import { lockRow } from '../../database/lock-row.ts'
import type { Secret } from '../../database/gen/client.ts'
import { invalidField, notFound, Refused } from '../../errors.ts'
import type { Resolved, WantedSecret } from '../../resolver/resolver.ts'
import { requireProvider } from '../living.ts'
import { visibleTo } from '../organization-of.ts'
import { change, checkRevision, operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { planSecretChange, type SecretChange } from './plan-secret-change.ts'
import { findRemotePlace, NOT_REMOTE, type RemoteColumns } from './remote-place.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'
import { storeValue, type NewValue } from './store-value.ts'

export const updateSecret = (services: Services) =>
  operation('UpdateSecret', async ({ params: { id }, body }, context) => {
    const { database, keyring, audit } = services
    const { principal } = context
    const where = { id, ...visibleTo(principal), deletedAt: null }
    const before = await database.prisma.secret.findFirst({ where })
    if (!before) throw notFound()
    checkRevision(context, before.revision)
    const { organizationId } = before
    const keys = await keyring.of(organizationId)
    // Whatever a store has to be asked is asked now: no call leaves from inside a transaction.
    const planned = planSecretChange(before, body)
    const value = await askStores(services, context, before, planned)

    const row = await refuseTaken('A secret', () =>
      database.transaction(async (transaction) => {
        await lockRow(transaction, 'Secret', id, 'UPDATE')
        const now = await transaction.secret.findFirst({ where })
        if (!now) throw notFound()
        checkRevision(context, now.revision)
        if (planned.kind !== 'stay' && now.revision !== before.revision) throw changedMeanwhile()
        if ('to' in planned) {
          await requireProvider(transaction, organizationId, planned.to.providerId)
        }
        const version = value && (await storeValue(transaction, keys, now, value, principal))
        await audit.recordIn(
          transaction,
          change(
            context,
            organizationId,
            { kind: 'secret', id },
            { fields: Object.keys(body), change: planned.kind, version },
          ),
        )
        if (planned.kind === 'to-remote') {
          await transaction.secretVersion.updateMany({
            where: { organizationId, secretId: id, state: 'current' },
            data: { state: 'past' },
          })
        }
        return await transaction.secret.update({
          where: { id },
          data: {
            ...(body.name === undefined ? {} : { name: body.name }),
            ...(body.category === undefined ? {} : { category: body.category }),
            ...(body.description === undefined ? {} : { description: body.description }),
            ...(body.expiresAt === undefined
              ? {}
              : { expiresAt: body.expiresAt === null ? null : new Date(body.expiresAt) }),
            ...placeColumns(planned),
            ...(version === undefined ? {} : { currentVersion: version }),
            revision: { increment: 1 },
          },
          include: withCurrent,
        })
      }),
    )
    return toAnswer(principal)(row)
  })

/**
 * Checks the new place of a secret, and reads what a change of storage needs: the new place once,
 * before anything depends on it, or the old place for its value. Answers the value to be stored.
 */
async function askStores(
  { database, resolver }: Services,
  { signal }: Context,
  before: Secret,
  planned: SecretChange,
): Promise<NewValue | undefined> {
  const { id, name, organizationId } = before
  const read = async (from: RemoteColumns): Promise<Resolved | undefined> => {
    const place = await findRemotePlace(database, organizationId, from)
    const secret: WantedSecret = { id, name, organizationId, deleted: false, place }
    const [resolved] = await resolver.resolve([{ secret }], signal)
    return resolved
  }
  switch (planned.kind) {
    case 're-point':
      await findRemotePlace(database, organizationId, planned.to)
      return undefined
    case 'to-remote':
      await read(planned.to)
      return undefined
    case 'to-local': {
      if (planned.value) return planned.value
      const { providerId, remotePath, remoteKey, remoteVersion } = before
      if (providerId === null || remotePath === null) return undefined
      const found = await read({ providerId, remotePath, remoteKey, remoteVersion })
      if (found && found.value.length > MAX_VALUE_BYTES) {
        throw invalidField(
          'storage',
          'too_big',
          'The value at the provider has more than 64 KiB, which is more than is kept here.',
        )
      }
      return found && { value: found.value, encoding: found.value.encode().encoding }
    }
    case 'stay':
      return planned.value
  }
}

function placeColumns(planned: SecretChange) {
  switch (planned.kind) {
    case 'stay':
      return {}
    case 're-point':
      return planned.to
    case 'to-remote':
      return { storage: 'remote', currentVersion: null, ...planned.to } as const
    case 'to-local':
      return { storage: 'local', ...NOT_REMOTE } as const
  }
}

const changedMeanwhile = () =>
  new Refused(
    'precondition_failed',
    'The secret was changed by another request while its stores were asked. Read it again, and repeat the change if it still applies.',
  )
