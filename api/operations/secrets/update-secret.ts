import type { Secret } from '../../database/gen/client.ts'
import { invalidField, notFound, Refused } from '../../errors.ts'
import type { Resolved, WantedSecret } from '../../resolver/resolver.ts'
import { requireWithin, visibleSecrets } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { requireEnvsFit } from '../envs/env-size.ts'
import { requireProvider, requireScope } from '../living.ts'
import { nextRotation } from '../next-rotation.ts'
import { audited } from '../resolve/audited.ts'
import { checkRevision, operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { planSecretChange, type SecretChange } from './plan-secret-change.ts'
import { findRemotePlace, NOT_REMOTE, type RemoteColumns } from './remote-place.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'
import { storeValue, type NewValue } from './store-value.ts'

export const updateSecret = (services: Services) =>
  operation('UpdateSecret', async ({ params: { id }, body }, context) => {
    const { database, keyring } = services
    const { principal } = context
    const before = await database.prisma.secret.findFirst({
      where: { id, ...visibleSecrets(principal), deletedAt: null },
    })
    if (!before) throw notFound()
    await requireWithin(database.prisma, principal, before.scopeId)
    checkRevision(context, before.revision)
    const { organizationId } = before
    const keys = await keyring.of(organizationId)
    // Whatever a store has to be asked is asked now: no call leaves from inside a transaction.
    const planned = planSecretChange(before, body)
    const value = await askStores(services, context, before, planned)

    const row = await refuseTaken('A secret', () =>
      changing(services, context, ['Secret', id], async (transaction, now) => {
        const stale =
          planned.kind === 'stay'
            ? now.storage !== before.storage
            : now.revision !== before.revision
        if (stale) throw changedMeanwhile()
        if ('to' in planned) {
          await requireProvider(transaction, organizationId, planned.to.providerId)
        }
        const moved = body.scopeId !== undefined && body.scopeId !== now.scopeId
        if (moved) await requireScope(transaction, principal, organizationId, body.scopeId)
        const version = value && (await storeValue(transaction, keys, now, value, principal))
        if (planned.kind === 'to-remote') {
          await transaction.secretVersion.updateMany({
            where: { organizationId, secretId: id, state: 'current' },
            data: { state: 'past' },
          })
        }
        const set = version !== undefined && version !== now.currentVersion
        const result = await transaction.secret.update({
          where: { id },
          data: {
            ...(body.name === undefined ? {} : { name: body.name }),
            ...(moved && body.scopeId !== undefined ? { scopeId: body.scopeId } : {}),
            ...(body.category === undefined ? {} : { category: body.category }),
            ...(body.description === undefined ? {} : { description: body.description }),
            ...(body.expiresAt === undefined
              ? {}
              : { expiresAt: body.expiresAt === null ? null : new Date(body.expiresAt) }),
            ...rotation(now, body.rotateEvery, set || 'to' in planned),
            ...placeColumns(planned),
            ...(version === undefined ? {} : { currentVersion: version }),
            revision: { increment: 1 },
          },
          include: withCurrent,
        })
        if (set)
          await requireEnvsFit(transaction, organizationId, { secretIds: [id] }, () => ['value'])
        return { result, detail: { fields: Object.keys(body), change: planned.kind, version } }
      }),
    )
    return toAnswer(principal)(row)
  })

/** The interval as it is from now on, counted from when the value was last set. */
function rotation(
  now: Pick<Secret, 'rotateEvery' | 'rotatedAt'>,
  given: string | null | undefined,
  set: boolean,
) {
  const rotateEvery = given === undefined ? now.rotateEvery : given
  const rotatedAt = set ? new Date() : now.rotatedAt
  return { rotateEvery, rotatedAt, rotateAt: nextRotation(rotatedAt, rotateEvery) }
}

/**
 * Checks the new place of a secret, and reads what a change of storage needs: the new place once,
 * before anything depends on it, or the old place for its value. Answers the value to be stored.
 */
async function askStores(
  { database, resolver, audit }: Services,
  context: Context,
  before: Secret,
  planned: SecretChange,
): Promise<NewValue | undefined> {
  const { id, name, organizationId } = before
  const read = async (from: RemoteColumns): Promise<Resolved | undefined> => {
    const place = await findRemotePlace(database, organizationId, from)
    const secret: WantedSecret = { id, name, organizationId, deleted: false, place }
    const about = { organizationId, resource: { kind: 'secret', id } }
    return await audited(audit, context, about, async () => {
      const [resolved] = await resolver.resolve([{ secret }], context)
      return { answer: resolved, detail: { path: place.path, version: resolved?.version } }
    })
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
      await requireLiving(database, providerId)
      const found = await read({ providerId, remotePath, remoteKey, remoteVersion })
      return found && { value: found.value, encoding: found.value.encode().encoding }
    }
    case 'stay':
      return planned.value
  }
}

/** The place to be left behind must still be there to be read. */
async function requireLiving(database: Services['database'], providerId: string): Promise<void> {
  const living = { id: providerId, deletedAt: null }
  if ((await database.prisma.secretProvider.count({ where: living })) > 0) return
  throw invalidField(
    'storage',
    'provider_deleted',
    'The provider of this secret was deleted, so its value cannot be read any more. Give `value` as well.',
  )
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
