import { change, operation } from '../operation.ts'
import type { WorkingServices } from './working-services.ts'
import { findMigration } from './find-migration.ts'
import { toAnswer } from './migration-answer.ts'

const WAIT_MS = 3_000

/** Goes on with what waits, and tries again what failed. */
export const continueSecretMigration = ({ database, audit, migrations }: WorkingServices) =>
  operation('ContinueSecretMigration', async ({ params: { id } }, context) => {
    const { organizationId } = await findMigration(database, id, context.principal)
    await database.transaction(async (transaction) => {
      const { count } = await transaction.migrationItem.updateMany({
        where: { organizationId, migrationId: id, state: 'failed' },
        data: { state: 'waiting', code: null, detail: null },
      })
      await transaction.migration.updateMany({
        where: { id, state: { in: ['stopped', 'finished'] } },
        data: { state: 'running', finishedAt: null },
      })
      const resource = { kind: 'migration', id }
      const detail = { again: count }
      await audit.recordIn(transaction, change(context, organizationId, resource, detail))
    })
    await migrations.runFor(id, WAIT_MS)
    return await toAnswer(database, await findMigration(database, id, context.principal))
  })
