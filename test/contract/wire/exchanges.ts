import { beginnings } from './beginnings.ts'
import type { Exchange } from './exchange.ts'
import { scopesAndBriefs } from './scopes-and-briefs.ts'
import { secretsAtWork } from './secrets-at-work.ts'

export type { Exchange }

/** In the order in which they happen: an organization from its first token to its last resolve. */
export const exchanges: readonly Exchange[] = [...beginnings, ...scopesAndBriefs, ...secretsAtWork]
