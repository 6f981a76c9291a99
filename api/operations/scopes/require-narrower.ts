import { isNarrower, scopeKinds, type ScopeKind } from '../../../contract/scope-kinds.ts'
import { invalidField } from '../../errors.ts'

/** Refuses a scope that would lie in one as narrow as itself. */
export function requireNarrower(kind: ScopeKind, parent: ScopeKind, field: string): void {
  if (isNarrower(kind, parent)) return
  const below = scopeKinds.filter((other) => isNarrower(other, parent))
  throw invalidField(
    field,
    'wrong_kind',
    `The order is organization > team > workspace > project. ${below.length === 0 ? 'Nothing lies below a project' : `Below this ${parent} lies a ${below.join(' or a ')}`}, so this ${kind} has no place there.`,
  )
}
