import { isUtf8 } from 'node:buffer'

/** What JSON in an answer says; undefined when it is none. The parser's own words would quote it. */
export function parseJson(body: Buffer): unknown {
  try {
    return isUtf8(body) ? JSON.parse(body.toString('utf8')) : undefined
  } catch {
    return undefined
  }
}

/** A member of something that may or may not be an object. */
export function memberOf(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null && Object.hasOwn(source, name)
    ? (source as Record<string, unknown>)[name]
    : undefined
}
