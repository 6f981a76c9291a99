import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { findMigration } from './find-migration.ts'
import { toAnswer } from './migration-answer.ts'

export const getSecretMigration = ({ database }: Services) =>
  operation('GetSecretMigration', async ({ params: { id } }, { principal }) =>
    toAnswer(database, await findMigration(database, id, principal)),
  )
