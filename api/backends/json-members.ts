/**
 * Takes JSON apart without reading the values: each comes back as the text it was stored as, because
 * `JSON.parse` would round a 20-digit number, reorder keys such as `"1"` and lose the spacing.
 */
export type Json =
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, string> }
  | { readonly kind: 'array'; readonly elements: readonly string[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'other' }
  | { readonly kind: 'null' }

/** One level of a JSON text; `null` when the text is not JSON. Of members with one name the last counts. */
export function readJson(text: string): Json | null {
  if (!isJson(text)) return null
  const source = text.trim()
  switch (source[0]) {
    case '{':
      return { kind: 'object', members: readMembers(source) }
    case '[':
      return { kind: 'array', elements: split(source).filter((element) => element !== '') }
    case '"':
      return { kind: 'string', value: JSON.parse(source) as string }
    default:
      return { kind: source === 'null' ? 'null' : 'other' }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    // Its message would quote the text.
    return false
  }
}

function readMembers(source: string): Map<string, string> {
  const members = new Map<string, string>()
  for (const member of split(source)) {
    if (member === '') continue
    const nameEnd = endOfString(member, 0)
    const colon = member.indexOf(':', nameEnd)
    members.set(JSON.parse(member.slice(0, nameEnd)) as string, member.slice(colon + 1).trim())
  }
  return members
}

/** What stands between the commas of an object or array that is known to be well formed. */
function split(source: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 1
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at]
    if (character === '"') at = endOfString(source, at) - 1
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    else if (character === ',' && depth === 1) {
      parts.push(source.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...parts, source.slice(start, -1).trim()]
}

/** The place after the string that begins at `start`. */
function endOfString(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source[at] === '"') return at + 1
  }
  return source.length
}
