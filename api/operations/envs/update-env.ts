import type { Transaction } from '../../database/database.ts'
import { Invalid, invalidField } from '../../errors.ts'
import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { toAnswer, withSecrets } from './env-answer.ts'
import { requireEnvsFit } from '../../custody/env-size.ts'
import { readContent, type Content } from './read-content.ts'

export const updateEnv = (services: Services) =>
  operation('UpdateEnv', async ({ params: { id }, body }, context) =>
    refuseTaken('An env of this consumer', () =>
      changing(services, context, ['Env', id], async (transaction, row) => {
        const given = await replaceContent(transaction, id, body)
        await transaction.env.update({
          where: { id },
          data: {
            ...(body.name === undefined ? {} : { name: body.name }),
            revision: { increment: 1 },
          },
        })
        await requireEnvsFit(transaction, row.organizationId, { envId: id }, () => [
          given ?? 'name',
        ])
        const result = await transaction.env.findUniqueOrThrow({
          where: { id },
          include: withSecrets,
        })
        const secretIds = result.secrets.map(({ secretId }) => secretId)
        return { result: toAnswer(result), detail: { fields: Object.keys(body), secretIds } }
      }),
    ),
  )

const CONTENT = ['value', 'secretId', 'template'] as const

/** What a body gives takes the place of what was there, of whichever sort. Answers which it gives. */
async function replaceContent(
  transaction: Transaction,
  id: string,
  body: Content,
): Promise<(typeof CONTENT)[number] | undefined> {
  const row = await transaction.env.findUniqueOrThrow({ where: { id }, include: withSecrets })
  const now: Content = toAnswer(row)
  const given = CONTENT.find((key) => typeof body[key] === 'string')
  if (given === undefined) {
    if (CONTENT.some((key) => now[key] !== undefined && body[key] !== null)) return undefined
    throw invalidField(
      'secretId',
      'required',
      'An env needs a `value`, a `secretId` or a `template`: give another one instead.',
    )
  }
  const { organizationId } = row
  // As it is shown, with the names of today.
  const same = body[given] === now[given]
  if (same && !row.secrets.some(({ secret }) => secret.deletedAt)) return given
  const stored = await readContent(transaction, organizationId, { [given]: body[given] }).catch(
    (error: unknown) => {
      if (!(same && error instanceof Invalid)) throw error
    },
  )
  if (!stored) return given // a deleted secret may stay where it is while no other has its name
  await transaction.envSecret.deleteMany({ where: { organizationId, envId: id } })
  await transaction.env.update({ where: { id }, data: stored.columns })
  await transaction.envSecret.createMany({
    data: stored.secrets.map((each) => ({ organizationId, envId: id, ...each })),
  })
  return given
}
