import { operation } from '../operation.ts'

export const whoAmI = () =>
  operation('WhoAmI', async (_, { principal: { expiresAt, ...principal } }) => ({
    ...principal,
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
  }))
