import { changing } from '../changing.ts'
import { aFew, refuseWhileInUse } from '../in-use.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Leaves a tombstone for the secrets that refer to it, without name to collide with and without credentials. */
export const deleteSecretProvider = (services: Services) =>
  operation('DeleteSecretProvider', async ({ params: { id }, query: { force } }, context) => {
    await changing(services, context, ['SecretProvider', id], async (transaction, row) => {
      const where = { organizationId: row.organizationId, providerId: id, deletedAt: null }
      const count = await transaction.secret.count({ where })
      if (!force) {
        const some = await transaction.secret.findMany({ where, ...aFew })
        refuseWhileInUse(
          [{ kind: 'secret', noun: 'secret', count, some }],
          (what, one) =>
            `${what} ${one ? 'refers' : 'refer'} to this provider. Delete or re-point ${one ? 'it' : 'them'}, or repeat with ?force=true.`,
        )
      }
      await transaction.secretProvider.update({
        where: { id },
        data: {
          deletedAt: new Date(),
          sensitiveFields: [],
          credentials: null,
          sealFormat: null,
          dataKeyId: null,
          revision: { increment: 1 },
        },
      })
      return { result: undefined, detail: { name: row.name, force, references: count } }
    })
    services.backends.forget(id)
    return undefined
  })
