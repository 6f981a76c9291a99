import { scopeKinds } from './scope-kinds.ts'

/**
 * What is wrong with the name of a secret, a scope or another thing, as a sentence; undefined when
 * nothing is. Without zod, because templates name secrets too.
 */
export function nameComplaint(text: string): string | undefined {
  if (text === '') return 'Give a name.'
  if ([...text].length > 200) return 'A name has at most 200 characters.'
  if (/^\s|\s$/u.test(text)) return 'A name has no space at either end.'
  if (/[/\p{Cc}\p{Cs}]/u.test(text)) return 'A name has no `/` and no control character.'
  return undefined
}

/** A path of more names than this leads nowhere: each scope is narrower than the one it lies in. */
export const MAX_PATH_NAMES = scopeKinds.length - 1
