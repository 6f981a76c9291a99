import { createHmac, randomBytes, scrypt } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A master key as the operator gave it: 32 bytes, or a passphrase that a salt turns into such. */
export type MasterKeyInput =
  | { readonly derivation: 'raw'; readonly key: Buffer }
  | { readonly derivation: 'scrypt'; readonly passphrase: string }

/** The given master key cannot be used; the message says why and never quotes it. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

/**
 * Reads `base64:` or `hex:` of exactly 32 bytes, or a passphrase of 16 characters and more.
 *
 * @param source - what to call it in an error, such as `SECRETS_MASTER_KEY`
 */
export function parseMasterKey(text: string, source: string): MasterKeyInput {
  const [, encoding, encoded] = /^(base64|hex):(.*)$/s.exec(text) ?? []
  if (encoding && encoded !== undefined) {
    const key = Buffer.from(encoded, encoding as BufferEncoding)
    const canonical = key.toString(encoding as BufferEncoding)
    const same = encoding === 'hex' ? canonical === encoded.toLowerCase() : canonical === encoded
    if (!same || key.length !== 32) {
      throw new MasterKeyError(
        `${source} must hold exactly 32 bytes after \`${encoding}:\`. Make one with: echo "${encoding}:$(openssl rand -${encoding} 32)"`,
      )
    }
    return { derivation: 'raw', key }
  }
  if (text.length < 16) {
    throw new MasterKeyError(
      `${source} is too short: a passphrase has at least 16 characters. Better is a random key: echo "hex:$(openssl rand -hex 32)"`,
    )
  }
  return { derivation: 'scrypt', passphrase: text }
}

/** Keys from a file, or from every file of a mounted directory; the last by name seals, the others only open. */
export function readMasterKeys(path: string, source: string): MasterKeyInput[] {
  try {
    const files = statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((name) => !name.startsWith('.')) // Kubernetes keeps its bookkeeping in ..data
          .sort()
          .map((name) => join(path, name))
      : [path]
    if (files.length === 0) throw new MasterKeyError(`${source} names ${path}, which has no file.`)
    return files.map((file) =>
      parseMasterKey(readFileSync(file, 'utf8').trim(), `${source} (${file})`),
    )
  } catch (error) {
    if (error instanceof MasterKeyError) throw error
    throw new MasterKeyError(
      `${source} names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    )
  }
}

/** Writes a new random key that only this user may read, on disk before this returns. Fails when the file exists. */
export function createMasterKeyFile(path: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, `hex:${randomBytes(32).toString('hex')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The 32-byte key-encryption key. `salt` counts only for a passphrase; that takes about half a second. */
export async function deriveKey(input: MasterKeyInput, salt: Uint8Array): Promise<Buffer> {
  if (input.derivation === 'raw') return input.key
  return await scryptAsync(input.passphrase.normalize('NFC'), salt, 32, SCRYPT)
}

/** Recognises a key without revealing anything of it. */
export function keyId(key: Buffer): string {
  return createHmac('sha256', key).update('agyn-secrets key id').digest('hex').slice(0, 32)
}

const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }

const scryptAsync = promisify<string, Uint8Array, number, typeof SCRYPT, Buffer>(scrypt)
