import { changing } from '../changing.ts'
import { aFew, refuseWhileInUse } from '../in-use.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/**
 * Leaves a tombstone for the secrets that refer to it, without name to collide with and without
 * credentials. An organization whose new values it kept goes on naming it: they are refused from then
 * on, and not kept elsewhere.
 */
export const deleteSecretProvider = (services: Services) =>
  operation('DeleteSecretProvider', async ({ params: { id }, query: { force } }, context) => {
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
      return {
        result: undefined,
        detail: { name: row.name, force, references: count + defaultOf.length },
      }
    })
    services.backends.forget(id)
    return undefined
  })
