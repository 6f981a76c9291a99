import { v7 as uuidv7 } from 'uuid'
import type { Input } from '../../../contract/schemas/index.ts'
import { requireKeeper } from '../../custody/keeper.ts'
import type { Transaction } from '../../database/database.ts'
import { Prisma, type Migration } from '../../database/gen/client.ts'
import { invalidField, unknownId } from '../../errors.ts'
import { change, operation } from '../operation.ts'
import { organizationOf } from '../organization-of.ts'
import type { Services } from '../services.ts'
import type { WorkingServices } from './working-services.ts'
import { toAnswer } from './migration-answer.ts'

/** Small migrations are over by then, and the answer says how they went. */
const WAIT_MS = 3_000

export const migrateSecrets = (services: WorkingServices) =>
  operation('MigrateSecrets', async ({ body }, context) => {
    const { database, audit, migrations } = services
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    const { to, dryRun, from, secretIds } = body
    await requireDestination(services, organizationId, to)
    await requireSource(services, organizationId, from)
    const id = uuidv7()
    const begun = await database.transaction(async (transaction) => {
      const row = await transaction.migration.create({
        data: {
          ...{ id, organizationId, dryRun, storage: to.storage },
          providerId: to.providerId ?? null,
          createdBy: context.principal.name,
        },
      })
      const count = await choose(transaction, row, body)
      const detail = { to, dryRun, from, count, named: secretIds !== undefined }
      const resource = { kind: 'migration', id }
      await audit.recordIn(transaction, change(context, organizationId, resource, detail))
      return row
    })
    await migrations.runFor(begun.id, WAIT_MS)
    const row = await database.prisma.migration.findUniqueOrThrow({ where: { id } })
    return await toAnswer(database, row)
  })

type Body = Input<'MigrateSecrets'>['body']

/** Refused at once is what would fail for each of them. */
async function requireDestination(
  services: Services,
  organizationId: string,
  { storage, providerId }: Body['to'],
): Promise<void> {
  if (storage === 'local') {
    if (providerId === undefined) return
    throw invalidField(
      'to/providerId',
      'conflict',
      'Values that come here have no provider: leave it out.',
    )
  }
  await requireKeeper(services, organizationId, providerId, 'to/providerId')
}

/** A filter by what is not there would move nothing, and say so as if that had been meant. */
async function requireSource(
  { database: { prisma } }: Services,
  organizationId: string,
  { providerId, scopeId }: NonNullable<Body['from']> = {},
): Promise<void> {
  const living = { organizationId, deletedAt: null }
  if (
    providerId &&
    !(await prisma.secretProvider.count({ where: { ...living, id: providerId } }))
  ) {
    throw unknownId('from/providerId', 'secret provider')
  }
  if (scopeId && !(await prisma.scope.count({ where: { ...living, id: scopeId } }))) {
    throw unknownId('from/scopeId', 'scope')
  }
}

/** Writes down which secrets are meant, as they are now, and answers how many. */
async function choose(
  transaction: Transaction,
  { id, organizationId }: Migration,
  { secretIds, from = {} }: Body,
): Promise<number> {
  const { storage, providerId, scopeId, category } = from
  const conditions = [
    Prisma.sql`"organizationId" = ${organizationId}::uuid AND "deletedAt" IS NULL`,
    ...(secretIds ? [Prisma.sql`id = ANY(${secretIds}::uuid[])`] : []),
    ...(storage ? [Prisma.sql`storage = ${storage}::"Storage"`] : []),
    ...(providerId ? [Prisma.sql`"providerId" = ${providerId}::uuid`] : []),
    ...(scopeId ? [Prisma.sql`"scopeId" = ${scopeId}::uuid`] : []),
    ...(category ? [Prisma.sql`category = ${category}::"SecretCategory"`] : []),
    // What is read from a provider is somebody else's to keep, unless it is asked for.
    ...(secretIds || storage || providerId ? [] : [Prisma.sql`storage <> 'remote'`]),
  ]
  const count = await transaction.$executeRaw`
    INSERT INTO "MigrationItem" ("organizationId", "migrationId", "secretId", name)
    SELECT "organizationId", ${id}::uuid, id, name FROM "Secret"
    WHERE ${Prisma.join(conditions, ' AND ')}`
  if (secretIds && count < new Set(secretIds).size) throw unknownId('secretIds', 'secret')
  return count
}
