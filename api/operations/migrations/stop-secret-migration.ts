import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { findMigration } from './find-migration.ts'
import { toAnswer } from './migration-answer.ts'

/** Those under way are still moved; the rest stays where it is. A finished one stays finished. */
export const stopSecretMigration = ({ database, audit }: Services) =>
  operation('StopSecretMigration', async ({ params: { id } }, context) => {
    const { organizationId } = await findMigration(database, id, context.principal)
    const row = await database.transaction(async (transaction) => {
      const { count } = await transaction.migration.updateMany({
        where: { id, state: 'running' },
        data: { state: 'stopped', runner: null, runningUntil: null },
      })
      const resource = { kind: 'migration', id }
      const detail = { stopped: count > 0 }
      await audit.recordIn(transaction, change(context, organizationId, resource, detail))
      return await transaction.migration.findUniqueOrThrow({ where: { id } })
    })
    return await toAnswer(database, row)
  })
