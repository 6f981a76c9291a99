import { lockRow } from '../../database/lock-row.ts'
import { invalidField, notFound } from '../../errors.ts'
import { requireSecret } from '../living.ts'
import { visibleTo } from '../organization-of.ts'
import { change, checkRevision, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { toAnswer, withSecret } from './env-answer.ts'

export const updateEnv = ({ database, audit }: Services) =>
  operation('UpdateEnv', async ({ params: { id }, body }, context) =>
    refuseTaken('An env of this consumer', () =>
      database.transaction(async (transaction) => {
        await lockRow(transaction, 'Env', { id, ...visibleTo(context.principal) }, 'UPDATE')
        const row = await transaction.env.findFirst({
          where: { id, ...visibleTo(context.principal) },
        })
        if (!row) throw notFound()
        checkRevision(context, row.revision)
        const { value, secretId } = contentAfter(row, body)
        if (secretId !== null && secretId !== row.secretId) {
          await requireSecret(transaction, row.organizationId, secretId)
        }
        await audit.recordIn(
          transaction,
          change(
            context,
            row.organizationId,
            { kind: 'env', id },
            { fields: Object.keys(body), secretId },
          ),
        )
        const updated = await transaction.env.update({
          where: { id },
          data: {
            ...(body.name === undefined ? {} : { name: body.name }),
            value,
            secretId,
            revision: { increment: 1 },
          },
          include: withSecret,
        })
        return toAnswer(updated)
      }),
    ),
  )

interface Content {
  readonly value?: string | null | undefined
  readonly secretId?: string | null | undefined
}

/** Giving one of the two clears the other; an env without either would fail at the start of a workload. */
function contentAfter(
  row: { readonly value: string | null; readonly secretId: string | null },
  { value, secretId }: Content,
): { readonly value: string | null; readonly secretId: string | null } {
  if (typeof value === 'string') return { value, secretId: null }
  if (typeof secretId === 'string') return { value: null, secretId }
  const kept = {
    value: value === undefined ? row.value : null,
    secretId: secretId === undefined ? row.secretId : null,
  }
  if (kept.value === null && kept.secretId === null) {
    throw invalidField(
      'secretId',
      'required',
      'An env needs a `value` or a `secretId`: give the other one instead.',
    )
  }
  return kept
}
