import { invalidField, Refused } from '../../errors.ts'
import { isAdmin, type Principal } from '../../principals/principal.ts'

/** Whoever may make a token of a role may also say how long one that there is shall last. */
export function requireMayMake(principal: Principal, role: string): void {
  const isRuntime = role === 'orchestrator' || role === 'llm_proxy'
  if (!isRuntime || isAdmin(principal)) return
  throw new Refused(
    'forbidden',
    `Only an admin makes ${role} tokens, because they read values. Ask whoever runs this deployment.`,
  )
}

export function requireInFuture(expiresAt: Date, now: number): void {
  if (expiresAt.getTime() > now) return
  throw invalidField('expiresAt', 'in_the_past', 'Give a time in the future.')
}
