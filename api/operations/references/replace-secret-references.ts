import { changing } from '../changing.ts'
import { toReference } from '../envs/env-answer.ts'
import { requireEnvsFit } from '../envs/env-size.ts'
import { requireSecret } from '../living.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { invalidField } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'

/** Also mends what a deletion by force has broken, so the secret to be replaced may be a deleted one. */
export const replaceSecretReferences = (services: Services) =>
  operation('ReplaceSecretReferences', async ({ params: { id }, body }, context) =>
    changing(
      services,
      context,
      ['Secret', id],
      async (transaction, { organizationId }) => {
        const { secretId, dryRun } = body
        if (secretId === id) {
          throw invalidField('secretId', 'conflict', 'This is the secret that is to be replaced.')
        }
        await requireSecret(transaction, organizationId, secretId)
        const rows = await transaction.envSecret.findMany({
          where: { organizationId, secretId: id },
          include: { env: true },
          orderBy: { envId: 'asc' },
        })
        const envIds = rows.map(({ envId }) => envId)
        if (!dryRun && rows.length > 0) {
          // A template that names both of them has one row in the end, with the places of both.
          await transaction.$executeRaw`
            WITH old AS (
              DELETE FROM "EnvSecret"
              WHERE "organizationId" = ${organizationId}::uuid AND "secretId" = ${id}::uuid
              RETURNING *
            )
            INSERT INTO "EnvSecret" ("organizationId", "envId", "secretId", positions)
            SELECT "organizationId", "envId", ${secretId}::uuid, positions FROM old
            ON CONFLICT ("organizationId", "envId", "secretId") DO UPDATE
            SET positions = "EnvSecret".positions || excluded.positions`
          await transaction.env.updateMany({
            where: { organizationId, id: { in: envIds } },
            data: { revision: { increment: 1 } },
          })
          await requireEnvsFit(transaction, organizationId, { secretIds: [secretId] }, 'secretId')
        }
        const references = rows.slice(0, SHOWN).map(({ env }) => toReference(env))
        return {
          result: { count: rows.length, references, dryRun },
          detail: { by: secretId, dryRun, envs: envIds.slice(0, SHOWN), count: rows.length },
        }
      },
      {
        find: ({ secret }, id, who) => secret.findFirst({ where: { id, ...visibleTo(who) } }),
      },
    ),
  )

const SHOWN = 100
