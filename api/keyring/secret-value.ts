import { isUtf8 } from 'node:buffer'
import { inspect } from 'node:util'

/** How a value's bytes travel in JSON: as they are when they are UTF-8 text, else in base64. */
export type Encoding = 'utf8' | 'base64'

/**
 * Plaintext on its way through this process: exact bytes that print as `[secret]` wherever they are
 * logged, joined to a string or put into JSON. Only `reveal` and `encode` open it.
 */
export class SecretValue {
  readonly #bytes: Buffer

  private constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  static fromBytes(bytes: Uint8Array): SecretValue {
    return new SecretValue(Buffer.from(bytes))
  }

  static fromText(text: string): SecretValue {
    return new SecretValue(Buffer.from(text, 'utf8'))
  }

  /** Bytes, not characters. */
  get length(): number {
    return this.#bytes.length
  }

  /** The exact bytes. The caller must not change them. */
  reveal(): Buffer {
    return this.#bytes
  }

  /** The value as a JSON string, and how to read it. Without a wish, text stays text. */
  encode(encoding: Encoding = isUtf8(this.#bytes) ? 'utf8' : 'base64'): {
    value: string
    encoding: Encoding
  } {
    return { value: this.#bytes.toString(encoding), encoding }
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
