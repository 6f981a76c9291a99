import { becomesProcess, type ConsumerKind } from '../../../contract/consumer-kinds.ts'
import { Refused } from '../../errors.ts'
import type { Principal } from '../../principals/principal.ts'
import { findEnvs } from '../../resolver/find-secrets.ts'
import { resolveEnvs } from '../../resolver/resolve-envs.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { audited } from './audited.ts'
import { deliveriesOf, detailOf, toAnswer } from './env-answer.ts'

export const resolveWorkload = ({ database, resolver, audit }: Services) =>
  operation('ResolveWorkload', async ({ body }, context) => {
    const { consumer, workloadId } = body
    requireLlmProvider(context.principal, consumer.kind)
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    const about = {
      organizationId,
      resource: { kind: consumer.kind, id: consumer.id },
      detail: workloadId === undefined ? {} : { workloadId },
    }
    return await audited(audit, context, about, async () => {
      const envs = await findEnvs(database, organizationId, consumer)
      const purpose = { forProcess: becomesProcess(consumer.kind) }
      const resolved = await resolveEnvs(resolver, envs, context, purpose)
      return {
        answer: { env: resolved.map(toAnswer) },
        detail: { env: resolved.map(detailOf) },
        deliveries: deliveriesOf(resolved, workloadId, {
          consumerKind: consumer.kind,
          consumerId: consumer.id,
        }),
      }
    })
  })

/** An llm_proxy token reaches what LLM providers use, and nothing else. */
function requireLlmProvider({ role }: Principal, kind: ConsumerKind): void {
  if (role !== 'llm_proxy' || kind === 'llm_provider') return
  throw new Refused(
    'forbidden',
    'A token of the role llm_proxy resolves consumers of the kind llm_provider only. Others take an orchestrator.',
  )
}
