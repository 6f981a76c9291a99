import { routes, type OperationId, type Role } from '../../contract/routes.ts'
import { TerraformError, type Provider } from '../plugin/index.ts'

export type TokenRole = Role

/** Refuses what the token cannot do by its kind, in words that tell which one can. */
export function requireSuitedToken(role: TokenRole, operation: OperationId): void {
  const roles: readonly string[] = routes[operation].roles
  if (roles.includes('any') || roles.includes(role)) return
  if (isRuntime(role)) throw managesNothing(role)
  if (roles.every(isRuntime)) throw readsNoValue(role)
}

/** Tokens of orchestrators and LLM proxies resolve values, and do nothing else. */
const isRuntime = (role: string): boolean => role === 'orchestrator' || role === 'llm_proxy'

/** Refuses such a token when a plan is made, and not first when it is applied. */
export function refusingRuntimeTokens(resource: ManagedResource): ManagedResource {
  return {
    ...resource,
    plan(call) {
      const client = call.client as HasRole | null
      if (client && isRuntime(client.role)) throw managesNothing(client.role)
      return resource.plan?.(call)
    },
  }
}

type ManagedResource = Provider['resources'][number]

/** What a session has, by which the resources work. */
interface HasRole {
  readonly role: TokenRole
}

const managesNothing = (role: TokenRole): TerraformError =>
  new TerraformError({
    summary: `A token of the role ${role} resolves values and does nothing else.`,
    detail:
      'Only `ephemeral "agyn_workload_env"` works with it. Give the provider the token of an owner, or of an admin, who also makes organizations.',
  })

const readsNoValue = (role: TokenRole): TerraformError =>
  new TerraformError({
    summary: `A token of the role ${role} reads no values.`,
    detail:
      'This takes a token of the role orchestrator or llm_proxy. Declare another `provider "agyn"` block with such a token and an `alias`, and write `provider = agyn.ALIAS` here.',
  })
