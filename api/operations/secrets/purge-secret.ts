import { notFound } from '../../errors.ts'
import { settle } from '../../custody/settle.ts'
import { purgeSecret as purge } from '../../retention/purge-secret.ts'
import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { findDeleted } from './find-deleted.ts'

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
        find: async (transaction, id, who) => {
          const row = await findDeleted(transaction, id, who)
          if (row?.purgedAt) throw notFound('This secret was purged before.')
          return row
        },
      },
    )
    await settle(services, { secretId: id }).catch(() => undefined) // it is tried again, and told of then
    return undefined
  })
