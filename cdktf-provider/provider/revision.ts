import type { PrivateState } from '../plugin/index.ts'

/**
 * Remembers, beside the state, which revision of an object the state shows, so that an update can be
 * refused when somebody else has changed the object since the plan was made.
 */
export function rememberRevision(
  privateState: PrivateState,
  { revision }: { readonly revision: number },
): void {
  privateState.value = { ...(privateState.value as object | null), revision }
}

/** The `If-Match` of an update; undefined where the state does not know the revision. */
export function expectedRevision({ value }: PrivateState): string | undefined {
  const { revision } = (value ?? {}) as { readonly revision?: unknown }
  return typeof revision === 'number' ? `"r${revision}"` : undefined
}
