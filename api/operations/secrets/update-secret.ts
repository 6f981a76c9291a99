import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { changeSecret } from './change-secret.ts'
import { toAnswer } from './secret-answer.ts'

export const updateSecret = (services: Services) =>
  operation('UpdateSecret', async ({ params: { id }, body }, context) =>
    toAnswer(context.principal)(await changeSecret(services, context, id, body)),
  )
