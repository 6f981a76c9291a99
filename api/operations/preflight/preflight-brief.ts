import { findBrief } from '../../resolver/find-brief.ts'
import { attemptEnvs } from '../../resolver/wanted-env.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { audited } from '../resolve/audited.ts'
import type { Services } from '../services.ts'
import { detailOf, toAnswer } from './preflight-answer.ts'

export const preflightBrief = ({ database, resolver, audit }: Services) =>
  operation('PreflightBrief', async ({ body }, context) => {
    const { principal } = context
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const { envs, failures } = await findBrief(database, organizationId, body, principal.scopeId)
    const about = { organizationId, resource: { kind: 'scope', id: body.scopeId } }
    return await audited(audit, context, about, async () => {
      const answer = toAnswer(await attemptEnvs(resolver, envs, context), failures)
      return { answer, detail: detailOf(answer) }
    })
  })
