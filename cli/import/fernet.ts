import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Opens a Fernet token, as Python's `cryptography.fernet` makes them, with the first key that fits.
 * Tokens are only opened here and never made, and however old one is, it opens: this is for taking
 * values over. Throws `FernetError` for anything else.
 *
 * https://github.com/fernet/spec/blob/master/Spec.md
 */
export function openFernet(token: string, keys: readonly FernetKey[]): Buffer {
  const bytes = fromBase64Url(token)
  if (!bytes || bytes.length < SHORTEST || bytes[0] !== VERSION) {
    throw new FernetError(
      'It is not a Fernet token, which begins with `gAAAAA` and is on one line.',
    )
  }
  const signed = bytes.subarray(0, -MAC_BYTES)
  const mac = bytes.subarray(-MAC_BYTES)
  // Nothing of it is looked at before it is known who made it.
  const key = keys.find(({ signing }) =>
    timingSafeEqual(createHmac('sha256', signing).update(signed).digest(), mac),
  )
  if (!key) throw new FernetError('None of the keys in FERNET_SECRET_KEY opens it.')
  try {
    const decipher = createDecipheriv('aes-128-cbc', key.encryption, signed.subarray(9, HEAD))
    return Buffer.concat([decipher.update(signed.subarray(HEAD)), decipher.final()])
  } catch {
    throw new FernetError('It is damaged: its key fits, but its content does not.')
  }
}

/** Whether a text has the form of a token of this century: `gAAAAA`, and whole blocks of a cipher. */
export function looksLikeFernet(text: string): boolean {
  const bytes = text.startsWith('gAAAAA') ? fromBase64Url(text) : undefined
  return bytes !== undefined && bytes.length >= SHORTEST && (bytes.length - SHORTEST) % BLOCK === 0
}

/** Half of it signs, half of it encrypts. */
export interface FernetKey {
  readonly signing: Buffer
  readonly encryption: Buffer
}

/** Reads a list of keys, separated by commas; any of them may open a token, as with `MultiFernet`. */
export function parseFernetKeys(text: string): FernetKey[] {
  return text.split(',').map((part, index, { length }) => {
    const key = fromBase64Url(part.trim())
    if (key?.length !== 32) {
      const which = length === 1 ? 'FERNET_SECRET_KEY' : `Key ${index + 1} of FERNET_SECRET_KEY`
      throw new FernetError(
        `${which} must be 32 bytes in URL-safe base64, as \`Fernet.generate_key()\` makes them.`,
      )
    }
    return { signing: key.subarray(0, 16), encryption: key.subarray(16) }
  })
}

/** Its message quotes neither a token nor a key. */
export class FernetError extends Error {
  override readonly name = 'FernetError'
}

const VERSION = 0x80
/** Version, time and initialization vector. */
const HEAD = 1 + 8 + 16
const MAC_BYTES = 32
const BLOCK = 16
const SHORTEST = HEAD + BLOCK + MAC_BYTES

/** Node skips what is not base64, so what it has read is written again and compared. */
function fromBase64Url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  const canonical = bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
  return canonical === text ? bytes : undefined
}
