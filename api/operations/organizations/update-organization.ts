import { lockRow } from '../../database/lock-row.ts'
import { notFound } from '../../errors.ts'
import { change, checkRevision, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

export const updateOrganization = ({ database, audit }: Services) =>
  operation('UpdateOrganization', async ({ params: { id }, body }, context) =>
    refuseTaken('An organization', () =>
      database.transaction(async (transaction) => {
        await lockRow(transaction, 'Organization', { id }, 'UPDATE')
        const row = await transaction.organization.findUnique({ where: { id }, include: withRoot })
        if (!row) throw notFound()
        checkRevision(context, row.revision)
        if (body.name === undefined || body.name === row.name) return toAnswer(row)
        await audit.recordIn(
          transaction,
          change(context, id, { kind: 'organization', id }, { name: body.name }),
        )
        return toAnswer(
          await transaction.organization.update({
            where: { id },
            data: { name: body.name, revision: { increment: 1 } },
            include: withRoot,
          }),
        )
      }),
    ),
  )
