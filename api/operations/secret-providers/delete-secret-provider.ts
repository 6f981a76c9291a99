import { lockRow } from '../../database/lock-row.ts'
import { InUse, notFound } from '../../errors.ts'
import { visibleTo } from '../organization-of.ts'
import { change, checkRevision, operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Leaves a tombstone for the secrets that refer to it, without name to collide with and without credentials. */
export const deleteSecretProvider = ({ database, audit, backends }: Services) =>
  operation('DeleteSecretProvider', async ({ params: { id }, query }, context) => {
    await database.transaction(async (transaction) => {
      await lockRow(
        transaction,
        'SecretProvider',
        { id, ...visibleTo(context.principal) },
        'UPDATE',
      )
      const row = await transaction.secretProvider.findFirst({
        where: { id, ...visibleTo(context.principal), deletedAt: null },
      })
      if (!row) throw notFound()
      checkRevision(context, row.revision)
      const { organizationId } = row
      const referring = { organizationId, providerId: id, deletedAt: null }
      const count = await transaction.secret.count({ where: referring })
      if (count > 0 && !query.force) {
        const some = await transaction.secret.findMany({
          where: referring,
          select: { id: true, name: true },
          orderBy: { id: 'asc' },
          take: 10,
        })
        throw new InUse(
          `${count === 1 ? '1 secret refers' : `${count} secrets refer`} to this provider. Delete or re-point ${count === 1 ? 'it' : 'them'}, or repeat with ?force=true.`,
          count,
          some.map((secret) => ({ kind: 'secret', ...secret })),
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
      await audit.recordIn(
        transaction,
        change(
          context,
          organizationId,
          { kind: 'secret_provider', id },
          { name: row.name, force: query.force, references: count },
        ),
      )
    })
    backends.forget(id)
    return undefined
  })
