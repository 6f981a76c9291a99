import { v7 as uuidv7 } from 'uuid'
import { creating } from '../creating.ts'
import { requireProvider, requireScope } from '../living.ts'
import { nextRotation } from '../next-rotation.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { findRemotePlace, NOT_REMOTE, type RemoteColumns } from './remote-place.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'
import { FIRST_VERSION, newValue, storeValue } from './store-value.ts'

export const createSecret = (services: Services) =>
  operation('CreateSecret', async ({ body }, context) => {
    const { database, keyring } = services
    const { principal } = context
    const { id = uuidv7(), name, category, description = null, rotateEvery = null } = body
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const remote = remoteColumns(body)
    if (remote) await findRemotePlace(database, organizationId, remote)
    const keys = await keyring.of(organizationId)
    const storage = remote ? 'remote' : 'local'
    const now = new Date()
    const making = { what: 'A secret', kind: 'secret', id, organizationId }
    const row = await creating(services, context, making, async (transaction) => {
      if (remote) await requireProvider(transaction, organizationId, remote.providerId)
      const scope = await requireScope(transaction, principal, organizationId, body.scopeId)
      await transaction.secret.create({
        data: {
          id,
          organizationId,
          scopeId: scope.id,
          name,
          category,
          description,
          storage,
          currentVersion: remote ? null : FIRST_VERSION,
          expiresAt: body.expiresAt === undefined ? null : new Date(body.expiresAt),
          rotateEvery,
          rotatedAt: now,
          rotateAt: nextRotation(now, rotateEvery),
          ...(remote ?? NOT_REMOTE),
        },
      })
      if (body.value !== undefined) {
        const value = newValue(body.value, body.encoding)
        await storeValue(transaction, keys, { id, organizationId }, value, principal)
      }
      const row = await transaction.secret.findUniqueOrThrow({
        where: { id },
        include: withCurrent,
      })
      return { row, detail: { name, storage, scopeId: scope.id } }
    })
    return toAnswer(principal)(row)
  })

interface Body {
  readonly providerId?: string | undefined
  readonly remotePath?: string | undefined
  readonly remoteKey?: string | undefined
  readonly remoteVersion?: string | undefined
}

/** The schema has made sure that a body has both of them or neither. */
function remoteColumns(body: Body): RemoteColumns | undefined {
  const { providerId, remotePath, remoteKey = null, remoteVersion = null } = body
  if (providerId === undefined || remotePath === undefined) return undefined
  return { providerId, remotePath, remoteKey, remoteVersion }
}
