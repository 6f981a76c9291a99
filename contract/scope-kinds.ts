/** Kinds of scope, from wide to narrow. A scope lies in one of a wider kind. */
export const scopeKinds = ['organization', 'team', 'workspace', 'project'] as const

export type ScopeKind = (typeof scopeKinds)[number]

/** Whether a scope of one kind may lie in one of another. Since each step narrows, no scope can lie in itself. */
export const isNarrower = (kind: ScopeKind, parent: ScopeKind): boolean =>
  scopeKinds.indexOf(kind) > scopeKinds.indexOf(parent)
