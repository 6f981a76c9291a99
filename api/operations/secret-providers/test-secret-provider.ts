import { notFound } from '../../errors.ts'
import { savedSettings } from '../../resolver/open-provider.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { tryProvider } from './try-provider.ts'

export const testSecretProvider = ({ database, keyring, audit, backends }: Services) =>
  operation('TestSecretProvider', async ({ params: { id } }, context) => {
    const row = await database.prisma.secretProvider.findFirst({
      where: { id, ...visibleTo(context.principal), deletedAt: null },
    })
    if (!row) throw notFound()
    const settings = () => savedSettings(keyring, row)
    const answer = await tryProvider(backends, settings, context.signal)
    await database.transaction(async (transaction) => {
      await transaction.secretProvider.updateMany({
        where: { id, revision: row.revision }, // a change in the meantime was not what we tried
        data: {
          healthStatus: answer.ok ? 'ok' : 'failing',
          healthCode: answer.code ?? null,
          healthCheckedAt: new Date(),
          updatedAt: row.updatedAt,
        },
      })
      await audit.recordIn(
        transaction,
        change(context, row.organizationId, { kind: 'secret_provider', id }, { ok: answer.ok }),
      )
    })
    return answer
  })
