import { becomesProcess } from '../../../contract/consumer-kinds.ts'
import { findEnvs } from '../../resolver/find-secrets.ts'
import { attemptEnvs } from '../../resolver/resolve-envs.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { audited } from '../resolve/audited.ts'
import type { Services } from '../services.ts'
import { detailOf, toAnswer } from './preflight-answer.ts'

export const preflightWorkload = ({ database, resolver, audit }: Services) =>
  operation('PreflightWorkload', async ({ body }, context) => {
    const { consumer } = body
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    const about = { organizationId, resource: { kind: consumer.kind, id: consumer.id } }
    return await audited(audit, context, about, async () => {
      const envs = await findEnvs(database, organizationId, consumer)
      const purpose = { forProcess: becomesProcess(consumer.kind) }
      const answer = toAnswer(await attemptEnvs(resolver, envs, context, purpose))
      return { answer, detail: detailOf(answer) }
    })
  })
