import { BackendFailure } from '../backend.ts'

/**
 * Takes a path such as `secret/my-app/key` apart and refuses whatever could mean another place once
 * it is part of a URL. Paths are written plainly: `%`-encoding is ours to do.
 */
export function parseVaultPath(path: string): readonly [string, ...string[]] {
  if (path.length > maxLength) throw invalid(`is longer than ${maxLength} characters`)
  const [first = '', ...rest] = path.split('/')
  for (const segment of [first, ...rest]) {
    const trouble = troubles.find(({ pattern }) => pattern.test(segment))
    if (trouble) throw invalid(trouble.why)
  }
  if (reserved.has(first))
    throw invalid(`begins with ${first}/, where Vault keeps no secrets of its users`)
  return [first, ...rest]
}

/** Segments as they stand in a URL. */
export function encodeSegments(segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/')
}

export function invalidPath(message: string, hint?: string): BackendFailure {
  return new BackendFailure('path_invalid', message, { hint })
}

const invalid = (why: string): BackendFailure =>
  invalidPath(`The path ${why}.`, 'Write it as mount/path, such as secret/my-app/key.')

const maxLength = 1024

// Vault keeps these for itself; `auth/token/lookup-self` would even hand out the provider's token.
const reserved: ReadonlySet<string> = new Set(['sys', 'auth', 'identity'])

const troubles = [
  { pattern: /^$/, why: 'has an empty part: a slash at its start or end, or two in a row' },
  { pattern: /^\.{1,2}$/, why: 'has a relative part, one dot or two' },
  { pattern: /[\p{Cc}\p{Zl}\p{Zp}]/u, why: 'holds a control character' },
  { pattern: /\p{Surrogate}/u, why: 'holds half of a character' },
  { pattern: /[\\?#]/, why: 'holds one of \\ ? #' },
  { pattern: /%[\da-f]{2}/i, why: 'is percent-encoded' },
]
