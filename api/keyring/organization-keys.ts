import { createHmac } from 'node:crypto'
import { lengthPrefixed, open, seal, SEAL_FORMAT, SealBroken, type Place } from './seal.ts'
import { SecretValue } from './secret-value.ts'

/** A sealed value as its columns hold it. */
export interface Sealed {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sealFormat: number
  readonly dataKeyId: string
}

/** A place within one organization. */
export type RecordPlace = Omit<Place, 'organizationId' | 'keyId'>

/** The unwrapped keys of one organization, and what may be done with them. */
export class OrganizationKeys {
  readonly #organizationId: string
  readonly #sealing = new Map<string, Buffer>()
  readonly #fingerprint: Buffer
  readonly #activeId: string

  /** @param keys - oldest first; the last one for sealing seals */
  constructor(
    organizationId: string,
    keys: readonly { id: string; purpose: 'seal' | 'fingerprint'; key: Buffer }[],
  ) {
    this.#organizationId = organizationId
    for (const { id, purpose, key } of keys) if (purpose === 'seal') this.#sealing.set(id, key)
    const fingerprint = keys.find(({ purpose }) => purpose === 'fingerprint')
    const activeId = [...this.#sealing.keys()].at(-1)
    if (!fingerprint || !activeId) throw new SealBroken()
    this.#fingerprint = fingerprint.key
    this.#activeId = activeId
  }

  seal(place: RecordPlace, value: SecretValue): Sealed {
    const keyId = this.#activeId
    const bytes = seal(this.#key(keyId), this.#place(place, keyId), value.reveal())
    return { bytes: new Uint8Array(bytes), sealFormat: SEAL_FORMAT, dataKeyId: keyId }
  }

  /** Rejects with `SealBroken` what was not sealed for this very place. */
  open(place: RecordPlace, { bytes, sealFormat, dataKeyId }: Sealed): SecretValue {
    if (sealFormat !== SEAL_FORMAT) throw new SealBroken()
    return SecretValue.fromBytes(open(this.#key(dataKeyId), this.#place(place, dataKeyId), bytes))
  }

  /**
   * 32 hex digits that are equal when one secret has the same value again, and say nothing of the
   * value without the key. The secret's id is part of it, so two secrets never look alike.
   */
  fingerprint(secretId: string, value: SecretValue): string {
    return this.#print([Buffer.from(secretId), value.reveal()])
  }

  /**
   * The same of the sensitive fields of a provider's config, in whatever order they come. It is never
   * that of a secret: that is made of two parts, and this of four at least.
   */
  configFingerprint(providerId: string, fields: ReadonlyMap<string, SecretValue>): string {
    const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1))
    const parts = sorted.flatMap(([key, value]) => [Buffer.from(key), value.reveal()])
    return this.#print([Buffer.from('agyn-secrets config'), Buffer.from(providerId), ...parts])
  }

  #print(parts: readonly Uint8Array[]): string {
    return createHmac('sha256', this.#fingerprint)
      .update(lengthPrefixed(parts))
      .digest('hex')
      .slice(0, 32)
  }

  #key(id: string): Buffer {
    const key = this.#sealing.get(id)
    if (!key) throw new SealBroken()
    return key
  }

  #place(place: RecordPlace, keyId: string): Place {
    return { ...place, organizationId: this.#organizationId, keyId }
  }
}
