import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

/** The root scope carries the name of its organization. */
export const updateOrganization = (services: Services) =>
  operation('UpdateOrganization', async ({ params: { id }, body: { name } }, context) =>
    refuseTaken('An organization', () =>
      changing(services, context, ['Organization', id], async (transaction, row) => {
        const renamed = name !== undefined && name !== row.name
        if (renamed) {
          await transaction.scope.updateMany({
            where: { organizationId: id, parentId: null },
            data: { name, revision: { increment: 1 } },
          })
        }
        const result = await transaction.organization.update({
          where: { id },
          data: renamed ? { name, revision: { increment: 1 } } : {},
          include: withRoot,
        })
        return { result: toAnswer(result), detail: { name: row.name, renamed: name } }
      }),
    ),
  )
