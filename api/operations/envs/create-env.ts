import type { Input } from '../../../contract/schemas/index.ts'
import type { Transaction } from '../../database/database.ts'
import { invalidField } from '../../errors.ts'
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
        await requireRoom(transaction, organizationId, consumer)
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

/** All envs of a consumer travel in one answer, and into one process. */
const MOST_ENVS = 1000

async function requireRoom(
  transaction: Transaction,
  organizationId: string,
  { kind, id }: Input<'CreateEnv'>['body']['consumer'],
): Promise<void> {
  const where = { organizationId, consumerKind: kind, consumerId: id }
  if ((await transaction.env.count({ where })) < MOST_ENVS) return
  throw invalidField('consumer', 'too_many', `A consumer has at most ${MOST_ENVS} envs.`)
}
