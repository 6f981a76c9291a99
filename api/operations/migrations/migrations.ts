import type { OperationId } from '../../../contract/routes.ts'
import { Refused } from '../../errors.ts'
import { operation } from '../operation.ts'

const later = <Id extends OperationId>(id: Id) =>
  operation(id, async () => {
    throw new Refused('internal')
  })

export const migrations = () => ({
  ...later('MigrateSecrets'),
  ...later('ListSecretMigrations'),
  ...later('GetSecretMigration'),
  ...later('ListSecretMigrationItems'),
  ...later('StopSecretMigration'),
  ...later('ContinueSecretMigration'),
  ...later('BrowseSecretProvider'),
})
