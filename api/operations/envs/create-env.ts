import { v7 as uuidv7 } from 'uuid'
import { requireSecret } from '../living.ts'
import { organizationOf } from '../organization-of.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { toAnswer, withSecret } from './env-answer.ts'

export const createEnv = ({ database, audit }: Services) =>
  operation('CreateEnv', async ({ body }, context) => {
    const { consumer, name, value = null, secretId = null } = body
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    const id = body.id ?? uuidv7()
    const row = await refuseTaken('An env of this consumer', () =>
      database.transaction(async (transaction) => {
        if (secretId !== null) await requireSecret(transaction, organizationId, secretId)
        const made = await transaction.env.create({
          data: {
            id,
            organizationId,
            consumerKind: consumer.kind,
            consumerId: consumer.id,
            name,
            value,
            secretId,
          },
          include: withSecret,
        })
        await audit.recordIn(
          transaction,
          change(context, organizationId, { kind: 'env', id }, { consumer, name, secretId }),
        )
        return made
      }),
    )
    return toAnswer(row)
  })
