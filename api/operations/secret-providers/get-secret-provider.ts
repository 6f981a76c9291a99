import { lastHourOf } from '../../activity/last-hour.ts'
import { notFound } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withSecretCount } from './provider-answer.ts'

export const getSecretProvider = ({ database, activity }: Services) =>
  operation('GetSecretProvider', async ({ params: { id } }, { principal }) => {
    await activity.flush() // what this process still counts is shown too
    const row = await database.prisma.secretProvider.findFirst({
      where: { id, ...visibleTo(principal), deletedAt: null },
      include: withSecretCount,
    })
    if (!row) throw notFound()
    return toAnswer(principal, row, await lastHourOf(database, row))
  })
