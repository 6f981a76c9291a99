import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { holdDefaultProvider, planDefaultStorage } from './default-storage.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

/** The root scope carries the name of its organization. */
export const updateOrganization = (services: Services) =>
  operation('UpdateOrganization', async ({ params: { id }, body }, context) =>
    refuseTaken('An organization', () =>
      changing(services, context, ['Organization', id], async (transaction, row) => {
        const { name = row.name } = body
        const renamed = name !== row.name
        if (renamed) {
          await transaction.scope.updateMany({
            where: { organizationId: id, parentId: null },
            data: { name, revision: { increment: 1 } },
          })
        }
        await holdDefaultProvider(transaction, id, body)
        const storage = planDefaultStorage(services, row, body)
        const moved =
          storage.defaultStorage !== row.defaultStorage ||
          storage.defaultProviderId !== row.defaultProviderId
        const result = await transaction.organization.update({
          where: { id },
          data: renamed || moved ? { name, ...storage, revision: { increment: 1 } } : {},
          include: withRoot,
        })
        const detail = {
          name: row.name,
          ...(renamed ? { renamed: name } : {}),
          ...(moved ? storage : {}),
        }
        return { result: toAnswer(services, result), detail }
      }),
    ),
  )
