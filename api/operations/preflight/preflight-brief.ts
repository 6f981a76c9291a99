import { findBrief } from '../../resolver/find-brief.ts'
import { attemptEnvs } from '../../resolver/resolve-envs.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { audited } from '../resolve/audited.ts'
import type { Services } from '../services.ts'
import { detailOf, toAnswer } from './preflight-answer.ts'

export const preflightBrief = ({ database, resolver, audit }: Services) =>
  operation('PreflightBrief', async ({ body }, context) => {
    const { principal } = context
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const about = { organizationId, resource: { kind: 'scope', id: body.scopeId } }
    return await audited(audit, context, about, async () => {
      const brief = await findBrief(database, organizationId, body, principal.scopeId)
      const envs = brief.envs.map(({ env }) => env)
      const outcomes = await attemptEnvs(resolver, envs, context, { forProcess: true })
      const answer = toAnswer(outcomes, brief.failures)
      return { answer, detail: detailOf(answer) }
    })
  })
