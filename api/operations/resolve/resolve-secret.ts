import { secretFinder } from '../../resolver/find-secrets.ts'
import { ResolutionFailed } from '../../resolver/resolution-failed.ts'
import type { Principal } from '../../principals/principal.ts'
import { withinScope } from '../../scopes/scope-access.ts'
import { secretMissing } from '../../resolver/resolver.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { audited } from './audited.ts'

export const resolveSecret = ({ database, resolver, audit }: Services) => {
  const findSecret = secretFinder(database)
  return operation('ResolveSecret', async ({ body: { secretId, ...body } }, context) => {
    const { principal } = context
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const resource = { kind: 'secret', id: secretId }
    return await audited(audit, context, { organizationId, resource }, async () => {
      const forLlmProvider = principal.role === 'llm_proxy'
      const secret = await findSecret({ organizationId, secretId, forLlmProvider })
      if (!secret || !(await isWithin(database, principal, secretId)))
        throw new ResolutionFailed([secretMissing(secretId)])
      const [resolved] = await resolver.resolve([{ secret }], context)
      if (!resolved) throw new Error('The resolver answered fewer values than it was asked for.')
      const { value, version, fingerprint } = resolved
      return {
        answer: { ...value.encode(), ...(version === undefined ? {} : { version }), fingerprint },
        detail: { version },
      }
    })
  })
}

/** A limited token gets the secrets of its scope and below; only a brief gives it what lies above. */
async function isWithin(
  { prisma }: Services['database'],
  { scopeId }: Principal,
  secretId: string,
): Promise<boolean> {
  if (scopeId === undefined) return true
  const where = { id: secretId, scope: withinScope(scopeId) }
  return (await prisma.secret.count({ where })) > 0
}
