import { purgeSecret as purge } from '../../retention/purge-secret.ts'
import { visibleSecrets } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Does at once what happens to a deleted secret after 30 days. */
export const purgeSecret = (services: Services) =>
  operation('PurgeSecret', async ({ params: { id } }, context) => {
    await changing(
      services,
      context,
      ['Secret', id],
      async (transaction, row) => {
        await purge(transaction, row)
        return { result: undefined, detail: { name: row.name } }
      },
      {
        find: ({ secret }, id, who) =>
          secret.findFirst({
            where: { id, ...visibleSecrets(who), deletedAt: { not: null }, purgedAt: null },
          }),
      },
    )
    return undefined
  })
