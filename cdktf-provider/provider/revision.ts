import type { PrivateState } from '../plugin/index.ts'
import { remember, remembered } from './remembered.ts'

/**
 * Remembers, beside the state, which revision of an object the state shows, so that an update can be
 * refused when somebody else has changed the object since the plan was made.
 */
export const rememberRevision = (
  privateState: PrivateState,
  { revision }: { readonly revision: number },
): void => remember(privateState, { revision })

/** The `If-Match` of an update; undefined where the state does not know the revision. */
export function expectedRevision(privateState: PrivateState): string | undefined {
  const { revision } = remembered(privateState)
  return typeof revision === 'number' ? `"r${revision}"` : undefined
}
