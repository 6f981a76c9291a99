import type { Transaction } from '../../database/database.ts'
import { lockRow } from '../../database/lock-row.ts'
import { invalidField, notFound } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { toReference } from '../envs/env-answer.ts'
import { requireEnvsFit } from '../../custody/env-size.ts'
import { keptOrTakenBack } from '../kept-or-taken-back.ts'
import { requireSecret } from '../living.ts'
import { change, checkRevision, operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Also mends what a deletion by force has broken, so the secret to be replaced may be a deleted one. */
export const replaceSecretReferences = ({ database, audit }: Services) =>
  operation('ReplaceSecretReferences', async ({ params: { id }, body }, context) => {
    const { secretId, dryRun } = body
    if (secretId === id) {
      throw invalidField('secretId', 'conflict', 'This is the secret that is to be replaced.')
    }
    const replaced = await keptOrTakenBack(database, async (transaction) => {
      const within = visibleTo(context.principal)
      await lockRow(transaction, 'Secret', { id, ...within }, 'UPDATE')
      const row = await transaction.secret.findFirst({ where: { id, ...within } })
      if (!row) throw notFound()
      await checkRevision(transaction, context, row)
      const { organizationId } = row
      await requireSecret(transaction, organizationId, secretId)
      const envIds = await replace(transaction, organizationId, id, secretId)
      await requireEnvsFit(transaction, organizationId, { secretIds: [secretId] }, () => [
        'secretId',
      ])
      const references = await transaction.env.findMany({
        where: { organizationId, id: { in: envIds.slice(0, SHOWN) } },
        orderBy: { id: 'asc' },
      })
      const detail = { by: secretId, dryRun, envs: envIds.slice(0, SHOWN), count: envIds.length }
      const event = change(context, organizationId, { kind: 'secret', id }, detail)
      if (!dryRun) await audit.recordIn(transaction, event)
      return { keep: !dryRun, event, count: envIds.length, references: references.map(toReference) }
    })
    const { keep, event, ...answer } = replaced
    if (!keep) await audit.record(event)
    return { ...answer, dryRun }
  })

/** How many envs an answer names. */
const SHOWN = 100

/**
 * Ids of the envs that were made of one secret and are now made of another. A template that names both
 * has one row in the end, with the places of both.
 */
async function replace(
  transaction: Transaction,
  organizationId: string,
  from: string,
  to: string,
): Promise<string[]> {
  const moved = await transaction.$queryRaw<{ envId: string }[]>`
    WITH old AS (
      DELETE FROM "EnvSecret"
      WHERE "organizationId" = ${organizationId}::uuid AND "secretId" = ${from}::uuid
      RETURNING *
    ), moved AS (
      INSERT INTO "EnvSecret" ("organizationId", "envId", "secretId", positions)
      SELECT "organizationId", "envId", ${to}::uuid, positions FROM old
      ON CONFLICT ("organizationId", "envId", "secretId") DO UPDATE
      SET positions = "EnvSecret".positions || excluded.positions
    )
    UPDATE "Env" e SET revision = revision + 1, "updatedAt" = now() FROM old
    WHERE (e."organizationId", e.id) = (old."organizationId", old."envId")
    RETURNING e.id AS "envId"`
  return moved.map(({ envId }) => envId).sort()
}
