import { v7 as uuidv7 } from 'uuid'
import { requireProvider, scopeOf } from '../living.ts'
import { organizationOf } from '../organization-of.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { findRemotePlace, NOT_REMOTE, type RemoteColumns } from './remote-place.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'
import { FIRST_VERSION, newValue, storeValue } from './store-value.ts'

export const createSecret = ({ database, keyring, audit }: Services) =>
  operation('CreateSecret', async ({ body }, context) => {
    const { principal } = context
    const { name, category, description = null, expiresAt } = body
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const remote = remoteColumns(body)
    if (remote) await findRemotePlace(database, organizationId, remote)
    const keys = await keyring.of(organizationId)
    const id = body.id ?? uuidv7()
    const storage = remote ? 'remote' : 'local'
    const row = await refuseTaken('A secret', () =>
      database.transaction(async (transaction) => {
        if (remote) await requireProvider(transaction, organizationId, remote.providerId)
        const scopeId = await scopeOf(transaction, organizationId, body.scopeId)
        await transaction.secret.create({
          data: {
            id,
            organizationId,
            scopeId,
            name,
            category,
            description,
            storage,
            currentVersion: remote ? null : FIRST_VERSION,
            expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
            ...(remote ?? NOT_REMOTE),
          },
        })
        if (body.value !== undefined) {
          const value = newValue(body.value, body.encoding)
          const secret = { id, organizationId }
          await storeValue(transaction, keys, secret, value, principal)
        }
        await audit.recordIn(
          transaction,
          change(context, organizationId, { kind: 'secret', id }, { name, storage }),
        )
        return await transaction.secret.findUniqueOrThrow({ where: { id }, include: withCurrent })
      }),
    )
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
