import { settle } from '../../custody/settle.ts'
import type { Transaction } from '../../database/database.ts'
import type { SecretProvider } from '../../database/gen/client.ts'
import { InUse } from '../../errors.ts'
import { NO_CREDENTIALS } from '../../resolver/provider-config.ts'
import { removeNow } from '../../retention/leftovers.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { aFew, NAMED, refuseWhileInUse } from '../in-use.ts'
import { operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'

/**
 * Leaves a tombstone for the secrets that refer to it, without name to collide with and without
 * credentials. An organization whose new values it kept goes on naming it: they are refused from then
 * on, and not kept elsewhere.
 */
export const deleteSecretProvider = (services: Services) =>
  operation('DeleteSecretProvider', async ({ params: { id }, query: { force } }, context) => {
    await takeCopiesAway(services, context, id)
    await changing(services, context, ['SecretProvider', id], async (transaction, row) => {
      // Those that are about to be kept here, too: their values are on the way.
      const pending = { versions: { some: { state: 'pending', providerId: id } } } as const
      const { organizationId } = row
      const where = { organizationId, deletedAt: null, OR: [{ providerId: id }, pending] }
      const count = await transaction.secret.count({ where })
      const defaultOf = await transaction.organization.findMany({
        where: { id: row.organizationId, defaultProviderId: id },
        select: { id: true, name: true },
      })
      if (!force) {
        const some = await transaction.secret.findMany({ where, ...aFew })
        refuseWhileInUse(
          [
            {
              kind: 'organization',
              noun: 'organization',
              count: defaultOf.length,
              some: defaultOf,
            },
            { kind: 'secret', noun: 'secret', count, some },
          ],
          (what, one) => {
            const first =
              defaultOf.length > 0
                ? 'Choose another default for the organization first'
                : `Delete or re-point ${one ? 'it' : 'them'}`
            return `${what} ${one ? 'refers' : 'refer'} to this provider. ${first}, or repeat with ?force=true.`
          },
        )
        await refuseWhileReadable(transaction, row)
      }
      await transaction.secretProvider.update({
        where: { id },
        data: {
          deletedAt: new Date(),
          sensitiveFields: [],
          ...NO_CREDENTIALS,
          revision: { increment: 1 },
        },
      })
      return {
        result: undefined,
        detail: { name: row.name, force, references: count + defaultOf.length },
      }
    })
    services.backends.forget(id)
    return undefined
  })

/**
 * What it still keeps of values that have moved away is taken away while somebody has the credentials.
 * Soft-deleted copies stay: the store's owner can bring them back, or destroy them.
 */
async function takeCopiesAway(services: Services, context: Context, id: string): Promise<void> {
  const { prisma } = services.database
  const row = await prisma.secretProvider.findFirst({
    where: { id, ...visibleTo(context.principal), deletedAt: null },
    select: { organizationId: true },
  })
  if (!row) return
  const of = { organizationId: row.organizationId, providerId: id }
  if ((await removeNow(prisma, of)).count > 0) await settle(services, of)
}

/** Refuses while some could not be taken away, because the store was not to be had. */
async function refuseWhileReadable(
  { leftover }: Transaction,
  { id: providerId, organizationId }: Pick<SecretProvider, 'id' | 'organizationId'>,
): Promise<void> {
  const where = { organizationId, providerId, removedAt: null }
  const some = await leftover.findMany({ where, take: NAMED })
  if (some.length === 0) return
  throw new InUse(
    'Values that have moved away or were deleted are still readable in the store, and could not be taken away from there now. Try again when it answers, or repeat with ?force=true, which leaves them there.',
    await leftover.count({ where }),
    some.map(({ secretId, path }) => ({ kind: 'copy', id: secretId, name: path })),
  )
}
