/** A value has at most 64 KiB, counted in bytes after decoding. */
export const MAX_VALUE_BYTES = 64 * 1024

export const TOO_BIG = 'A value has at most 64 KiB (65,536 bytes).'

/** Linux takes no longer string into the environment of a process: `NAME=value` and the NUL at its end. */
export const MAX_ENV_BYTES = 128 * 1024

/** Bytes of a text in UTF-8. Without Buffer, because forms are drawn from this folder too. */
export const utf8Length = (text: string): number => new TextEncoder().encode(text).length

/** Bytes that a base64 text stands for, or undefined when it is none: RFC 4648, padded, canonical, on one line. */
export function base64Length(text: string): number | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  // The last character before the padding has bits that nothing reads; they must be zero.
  const canonical = [/[AEIMQUYcgkosw048]=$/, /[AQgw]==$/][padding - 1]
  if (canonical && !canonical.test(text)) return undefined
  return (text.length / 4) * 3 - padding
}
