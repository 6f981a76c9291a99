import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { open, seal, SealBroken, type Place } from '../../../api/keyring/seal.ts'

const key = Buffer.alloc(32, 7)
const place: Place = {
  organizationId: '0198c0de-0000-7000-8000-000000000001',
  type: 'SecretVersion',
  recordId: '0198c0de-0000-7000-8000-000000000002',
  field: 'value',
  version: '1',
  keyId: '0198c0de-0000-7000-8000-000000000003',
  context: 'https://vault.test',
}

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
const anyPlace = fc.record({
  organizationId: fc.string(),
  type: fc.string(),
  recordId: fc.string(),
  field: fc.string(),
  version: fc.string(),
  keyId: fc.string(),
  context: fc.string(),
})

function flipped(blob: Buffer, bit: number): Buffer {
  return Buffer.from(blob.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)))
}

describe('seal', () => {
  it('opens again, whatever was sealed and wherever', () => {
    fc.assert(
      fc.property(anyKey, anyPlace, fc.uint8Array({ maxLength: 5000 }), (key, place, value) => {
        expect(open(key, place, seal(key, place, value)).equals(value)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('adds 93 bytes and never makes the same blob twice', () => {
    const blobs = Array.from({ length: 50 }, () => seal(key, place, Buffer.from('x')))
    expect(new Set(blobs.map((blob) => blob.toString('hex'))).size).toBe(50)
    for (const blob of blobs) expect(blob.length).toBe(94)
  })

  it('does not open when any bit is another', () => {
    for (let round = 0; round < 20; round++) {
      const blob = seal(key, place, Buffer.alloc(round, round))
      for (let bit = 0; bit < blob.length * 8; bit++) {
        expect(() => open(key, place, flipped(blob, bit))).toThrow(SealBroken)
      }
    }
  })

  it('does not open when it is cut short or goes on', () => {
    const blob = seal(key, place, Buffer.from('value'))
    for (let length = 0; length < blob.length; length++) {
      expect(() => open(key, place, blob.subarray(0, length))).toThrow(SealBroken)
    }
    expect(() => open(key, place, Buffer.concat([blob, Buffer.alloc(1)]))).toThrow(SealBroken)
  })

  it.each(Object.keys(place) as (keyof Place)[])('does not open at another %s', (part) => {
    const blob = seal(key, place, Buffer.from('value'))
    expect(() => open(key, { ...place, [part]: 'another' }, blob)).toThrow(SealBroken)
    expect(() => open(key, { ...place, [part]: '' }, blob)).toThrow(SealBroken)
  })

  it('does not open at a place that only reads alike', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        expect(() => open(key, other, seal(key, one, Buffer.from('v')))).toThrow(SealBroken)
      }),
      { numRuns: 1000 },
    )
    const moved = { ...place, field: 'value1', version: '' }
    expect(() => open(key, moved, seal(key, place, Buffer.from('v')))).toThrow(SealBroken)
  })

  it('does not open under another key', () => {
    fc.assert(
      fc.property(anyKey, (other) => {
        fc.pre(!other.equals(key))
        expect(() => open(other, place, seal(key, place, Buffer.from('v')))).toThrow(SealBroken)
      }),
    )
  })

  it('says nothing of what it holds when it does not open', () => {
    const sealed = seal(key, place, Buffer.from('canary'))
    const blob = flipped(sealed, sealed.length * 8 - 1)
    let error: unknown
    try {
      open(key, place, blob)
    } catch (thrown) {
      error = thrown
    }
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('canary')
    expect((error as Error).cause).toBeUndefined()
  })
})

/** Blobs that lie in databases. Whoever changes the format adds to this list and takes nothing away. */
describe('a blob of format 1', () => {
  it.each([
    [
      'text',
      'AaALqKzTEuNQDPPoV8LifTXZqdFHm0KG+U1/byRMfK3ajxk2r1vXPahTi7bZpwtfJimsSEePG+cMOryP7pXcedBqX5TQ7lTW6w88W4AcsL2CHhTK2Bvoi+70iiufRkPzeFnM3H2bBeaNiw==',
      'sk_live_known',
    ],
    [
      'nothing',
      'AQFqisSNhQH8LPScPM3qUqwS09DJCB4jC4dAzEgbylHv60U3BFTNQew+SmI3sXZUdJsPMEBsKN9ScP0jqMMB0n0Y1XDx1fe504vjv/ZDXm17XArEgfyFKyQxh4is',
      '',
    ],
  ])('opens for ever: %s', (_, blob, text) => {
    expect(open(key, place, Buffer.from(blob, 'base64')).toString()).toBe(text)
  })
})
