/**
 * What is wrong with a path in a store, as its owner writes it, as a sentence; undefined when nothing
 * is. What climbs or hides is refused before anything is sent; what else one kind of store does not
 * take, `storePathComplaint` says. Without zod, because constructs refer to paths too.
 */
export function remotePathComplaint(path: string): string | undefined {
  if (path === '') return 'Give the path of the secret in its provider.'
  if (/[\p{Cc}\\]/u.test(path)) return 'A path has no control character and no backslash.'
  if (path.startsWith('/')) return 'Leave out the `/` at the beginning of the path.'
  if (path.split('/').some(climbs)) {
    return 'A path has no empty segment, no `.` and no `..`, written out or percent-encoded.'
  }
  return undefined
}

const climbs = (segment: string) => /^(\.|%2e)*$/i.test(segment) || /%(2f|5c|00)/i.test(segment)
