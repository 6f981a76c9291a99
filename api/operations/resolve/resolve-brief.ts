import { findBrief } from '../../resolver/find-brief.ts'
import { resolveEnvs } from '../../resolver/resolve-envs.ts'
import { toExplanation } from '../../scopes/effective-secrets.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { audited } from './audited.ts'
import { deliveriesOf, detailOf, toAnswer } from './env-answer.ts'

export const resolveBrief = ({ database, resolver, audit }: Services) =>
  operation('ResolveBrief', async ({ body }, context) => {
    const { scopeId, workloadId, explain } = body
    const { principal } = context
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const about = {
      organizationId,
      resource: { kind: 'scope', id: scopeId },
      detail: workloadId === undefined ? {} : { workloadId },
    }
    return await audited(audit, context, about, async () => {
      const brief = await findBrief(database, organizationId, body, principal.scopeId)
      const resolved = await resolveEnvs(
        resolver,
        brief.envs.map(({ env }) => env),
        context,
        { forProcess: true, known: brief.failures },
      )
      const explanation = brief.envs.map(({ env, chosen }) => ({
        env: env.name,
        ...toExplanation(chosen),
      }))
      return {
        answer: { env: resolved.map(toAnswer), ...(explain ? { explanation } : {}) },
        detail: { env: resolved.map(detailOf) },
        deliveries: deliveriesOf(resolved, workloadId, { scopeId }),
      }
    })
  })
