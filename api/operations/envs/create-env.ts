import { v7 as uuidv7 } from 'uuid'
import type { Input } from '../../../contract/schemas/index.ts'
import type { Transaction } from '../../database/database.ts'
import { invalidField } from '../../errors.ts'
import { asNamesake, creating } from '../creating.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withSecrets } from './env-answer.ts'
import { readContent } from './read-content.ts'
import { requireEnvsFit } from '../../custody/env-size.ts'

export const createEnv = (services: Services) =>
  operation('CreateEnv', async ({ body }, context) => {
    const { id = uuidv7(), consumer, name, secretId } = body
    const { principal } = context
    const organizationId = await organizationOf(services.database, principal, body.organizationId)
    const making = {
      what: 'An env of this consumer',
      kind: 'env',
      id,
      organizationId,
      namesake: ({ env }: Transaction) =>
        env.findFirst({
          where: { organizationId, consumerKind: consumer.kind, consumerId: consumer.id, name },
          select: asNamesake,
        }),
    }
    const row = await creating(services, context, making, async (transaction) => {
      const { columns, secrets } = await readContent(transaction, organizationId, body)
      await requireRoom(transaction, organizationId, consumer)
      await transaction.env.create({
        data: {
          id,
          organizationId,
          consumerKind: consumer.kind,
          consumerId: consumer.id,
          name,
          ...columns,
        },
      })
      await transaction.envSecret.createMany({
        data: secrets.map((each) => ({ organizationId, envId: id, ...each })),
      })
      const field = secretId === undefined ? 'template' : 'secretId'
      await requireEnvsFit(transaction, organizationId, { envId: id }, () => [field])
      const row = await transaction.env.findUniqueOrThrow({ where: { id }, include: withSecrets })
      const secretIds = secrets.map((each) => each.secretId)
      return { row, detail: { consumer, name, secretIds } }
    })
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
