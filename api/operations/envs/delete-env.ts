import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

export const deleteEnv = (services: Services) =>
  operation('DeleteEnv', ({ params: { id } }, context) =>
    changing(services, context, ['Env', id], async (transaction, { organizationId, name }) => {
      await transaction.envSecret.deleteMany({ where: { organizationId, envId: id } })
      await transaction.env.delete({ where: { id } })
      return { result: undefined, detail: { name } }
    }),
  )
