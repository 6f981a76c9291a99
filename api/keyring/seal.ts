import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/**
 * Where a sealed value belongs. It is authenticated with the value, so that a blob that is moved to
 * another row, field or organization does not open there.
 */
export interface Place {
  /** Empty for what belongs to the deployment. */
  readonly organizationId: string
  /** The table, such as `SecretVersion`. */
  readonly type: string
  readonly recordId: string
  readonly field: string
  /** The value's version; `1` where there is only one. */
  readonly version: string
  /** The key that seals it. */
  readonly keyId: string
  /** What else must not change, such as the address that credentials are for. */
  readonly context?: string
}

/** The sealed bytes do not open: another key, another place, or changed bytes. It does not say which. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  constructor() {
    super('A sealed value does not open. The row was changed outside the API, or its key is wrong.')
  }
}

/** Kept in a column beside each blob, never guessed from the bytes. */
export const SEAL_FORMAT = 1

/**
 * Seals `plaintext` under a 32-byte `key` for one place.
 *
 * The blob is `01 | salt 32 | commitment 32 | nonce 12 | tag 16 | ciphertext`. Each blob has a key of
 * its own, derived with HKDF-SHA256 from the salt, so the 2^32 limit of random nonces never counts;
 * the commitment, from the same derivation, makes one blob open under one key only, which GCM alone
 * does not promise.
 */
export function seal(key: Buffer, place: Place, plaintext: Uint8Array): Buffer {
  const salt = randomBytes(SALT)
  const { recordKey, commitment, aad } = derive(key, place, salt)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', recordKey, nonce, { authTagLength: TAG })
  cipher.setAAD(aad)
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([VERSION, salt, commitment, nonce, cipher.getAuthTag(), ciphertext])
}

/** Opens what `seal` made for the same place, or throws `SealBroken`. */
export function open(key: Buffer, place: Place, blob: Uint8Array): Buffer {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  if (bytes.length < OVERHEAD || bytes[0] !== VERSION[0]) throw new SealBroken()
  let at = 1
  const take = (length: number) => bytes.subarray(at, (at += length))
  const salt = take(SALT)
  const { recordKey, commitment, aad } = derive(key, place, salt)
  if (!timingSafeEqual(take(COMMITMENT), commitment)) throw new SealBroken()
  const nonce = take(NONCE)
  // Without authTagLength Node accepts tags cut down to four bytes.
  const decipher = createDecipheriv('aes-256-gcm', recordKey, nonce, { authTagLength: TAG })
  decipher.setAAD(aad)
  decipher.setAuthTag(take(TAG))
  const plaintext = decipher.update(bytes.subarray(at))
  try {
    return Buffer.concat([plaintext, decipher.final()])
  } catch {
    throw new SealBroken()
  }
}

const VERSION = Buffer.from([SEAL_FORMAT])
const SALT = 32
const COMMITMENT = 32
const NONCE = 12
const TAG = 16
const OVERHEAD = 1 + SALT + COMMITMENT + NONCE + TAG

function derive(key: Buffer, place: Place, salt: Buffer) {
  const aad = encodePlace(place)
  const info = createHash('sha256').update(aad).digest() // hkdf takes no more than 1024 bytes
  const derived = Buffer.from(hkdfSync('sha256', key, salt, info, 64))
  return { recordKey: derived.subarray(0, 32), commitment: derived.subarray(32), aad }
}

/** Every part with its length before it, so that no two places read the same. */
function encodePlace(place: Place): Buffer {
  const { organizationId, type, recordId, field, version, keyId, context = '' } = place
  const parts = [
    'agyn-secrets seal',
    organizationId,
    type,
    recordId,
    field,
    version,
    keyId,
    context,
  ]
  return lengthPrefixed(parts.map((part) => Buffer.from(part, 'utf8')))
}

export function lengthPrefixed(parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}
