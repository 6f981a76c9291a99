import type { Transaction } from '../../database/database.ts'
import type { Env } from '../../database/gen/client.ts'
import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { toAnswer, withSecrets } from './env-answer.ts'
import { requireContent, storeContent, type Content } from './env-content.ts'
import { requireEnvsFit } from './env-size.ts'

export const updateEnv = (services: Services) =>
  operation('UpdateEnv', async ({ params: { id }, body }, context) =>
    refuseTaken('An env of this consumer', () =>
      changing(services, context, ['Env', id], async (transaction, row) => {
        await replaceContent(transaction, row, body)
        await transaction.env.update({
          where: { id },
          data: {
            ...(body.name === undefined ? {} : { name: body.name }),
            revision: { increment: 1 },
          },
        })
        await requireEnvsFit(transaction, row.organizationId, { envId: id }, 'template')
        const result = await transaction.env.findUniqueOrThrow({
          where: { id },
          include: withSecrets,
        })
        return {
          result: toAnswer(result),
          detail: { fields: Object.keys(body), secretId: body.secretId },
        }
      }),
    ),
  )

/** What a body gives takes the place of what was there, of whichever sort. */
async function replaceContent(transaction: Transaction, row: Env, body: Content): Promise<void> {
  const { organizationId, id: envId } = row
  const secrets = await transaction.envSecret.findMany({ where: { organizationId, envId } })
  const isSecret = row.value === null && row.template === null
  const now = {
    value: row.value,
    secretId: isSecret ? (secrets[0]?.secretId ?? null) : null,
    template: row.template,
  }
  const given = (['value', 'secretId', 'template'] as const).find(
    (key) => typeof body[key] === 'string',
  )
  if (given === undefined) {
    return requireContent({
      value: body.value === null ? null : now.value,
      secretId: body.secretId === null ? null : now.secretId,
      template: body.template === null ? null : now.template,
    })
  }
  // A deleted secret may stay where it is: naming it again changes nothing.
  if (body[given] === now[given]) return
  const stored = await storeContent(transaction, organizationId, { [given]: body[given] })
  await transaction.envSecret.deleteMany({ where: { organizationId, envId } })
  await transaction.env.update({ where: { id: envId }, data: stored.columns })
  await transaction.envSecret.createMany({
    data: stored.secrets.map((each) => ({ organizationId, envId, ...each })),
  })
}
