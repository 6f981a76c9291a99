import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrganizationKeys } from '../../../api/keyring/organization-keys.ts'
import { SealBroken } from '../../../api/keyring/seal.ts'
import { SecretValue } from '../../../api/keyring/secret-value.ts'

const acme = '0198c0de-0000-7000-8000-000000000001'
const globex = '0198c0de-0000-7000-8000-000000000009'
const secretId = '0198c0de-0000-7000-8000-000000000002'
const place = { type: 'SecretVersion', recordId: secretId, field: 'value', version: '1' }

const sealing = (id: string, fill: number) =>
  ({ id, purpose: 'seal', key: Buffer.alloc(32, fill) }) as const
const printing = { id: 'print', purpose: 'fingerprint', key: Buffer.alloc(32, 9) } as const

const keys = new OrganizationKeys(acme, [sealing('a', 7), printing])
const value = SecretValue.fromText('sk_live_known')

describe('the keys of an organization', () => {
  it('seal with the newest and open with each of them', () => {
    const rotated = new OrganizationKeys(acme, [sealing('a', 7), printing, sealing('b', 8)])
    const [old, fresh] = [keys.seal(place, value), rotated.seal(place, value)]
    expect([old.dataKeyId, fresh.dataKeyId]).toEqual(['a', 'b'])
    for (const sealed of [old, fresh]) {
      expect(rotated.open(place, sealed).reveal().toString()).toBe('sk_live_known')
    }
    expect(() => keys.open(place, fresh)).toThrow(SealBroken)
  })

  it('open nothing of another organization, of another key or of another format', () => {
    const sealed = keys.seal(place, value)
    const others = new OrganizationKeys(globex, [sealing('a', 7), printing])
    expect(() => others.open(place, sealed)).toThrow(SealBroken)
    const renamed = new OrganizationKeys(acme, [sealing('b', 7), printing])
    expect(() => renamed.open(place, { ...sealed, dataKeyId: 'b' })).toThrow(SealBroken)
    expect(() => keys.open(place, { ...sealed, sealFormat: 2 })).toThrow(SealBroken)
    for (const moved of [{ recordId: globex }, { version: '2' }, { field: 'credentials' }]) {
      expect(() => keys.open({ ...place, ...moved }, sealed)).toThrow(SealBroken)
    }
  })

  it('are not there without one to seal and one to make fingerprints', () => {
    expect(() => new OrganizationKeys(acme, [sealing('a', 7)])).toThrow(SealBroken)
    expect(() => new OrganizationKeys(acme, [printing])).toThrow(SealBroken)
  })
})

describe('a fingerprint', () => {
  it('is the same for the same value of a secret, for ever', () => {
    expect(keys.fingerprint(secretId, value)).toBe('a128ce6fa87c4e40a5138ddbde603337')
    const rotated = new OrganizationKeys(acme, [sealing('b', 8), printing])
    expect(rotated.fingerprint(secretId, value)).toBe(keys.fingerprint(secretId, value))
  })

  it('differs with the secret, the value and the organization’s key', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.uuid(), fc.uuid(), (one, other, id, otherId) => {
        fc.pre(one !== other && id !== otherId)
        const print = (id: string, text: string) => keys.fingerprint(id, SecretValue.fromText(text))
        expect(new Set([print(id, one), print(id, other), print(otherId, one)]).size).toBe(3)
      }),
    )
    const elsewhere = { ...printing, key: Buffer.alloc(32, 10) }
    const others = new OrganizationKeys(acme, [sealing('a', 7), elsewhere])
    expect(others.fingerprint(secretId, value)).not.toBe(keys.fingerprint(secretId, value))
  })
})

describe('the fingerprint of a config', () => {
  const fields = (...entries: readonly (readonly [string, string])[]) =>
    new Map(entries.map(([key, text]) => [key, SecretValue.fromText(text)]))
  const print = (...entries: readonly (readonly [string, string])[]) =>
    keys.configFingerprint(secretId, fields(...entries))

  it('is the same for the same fields in any order, for ever', () => {
    const both = print(['roleId', 'r'], ['secretId', 's'])
    expect(both).toBe('c178521bb9541adad4e7cd78df671f6a')
    expect(print(['secretId', 's'], ['roleId', 'r'])).toBe(both)
  })

  it('differs with each name, value and provider, and wherever one ends and the next begins', () => {
    const different = [
      print(['a', 'b']),
      print(['a', 'bc']),
      print(['ab', 'c']),
      print(['a', 'b'], ['c', 'd']),
      print(['a', 'd'], ['c', 'b']),
      keys.configFingerprint(acme, fields(['a', 'b'])),
    ]
    expect(new Set(different).size).toBe(different.length)
  })

  it('is never that of a secret, whatever its id and value', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.uuid(), (key, text, id) => {
        const config = keys.configFingerprint(id, fields([key, text]))
        for (const secret of [id, key, text, 'agyn-secrets config']) {
          for (const value of [id, key, text]) {
            expect(keys.fingerprint(secret, SecretValue.fromText(value))).not.toBe(config)
          }
        }
      }),
    )
  })
})

describe('a secret value', () => {
  it('prints as [secret] wherever it is printed', () => {
    const holder = { value, list: [value] }
    const error = new Error(`${String(value)}`, { cause: holder })
    for (const text of [
      `${value}`,
      value + '',
      JSON.stringify(holder),
      inspect(holder, { depth: 9, showHidden: true }),
      inspect(error, { depth: 9, showHidden: true }),
      inspect(value, { customInspect: false, showHidden: true, depth: 9 }),
      Object.values(value).join(),
    ]) {
      expect(text).not.toContain('sk_live')
      expect(text).not.toContain('73 6b 5f')
    }
    expect(`${value}`).toBe('[secret]')
  })

  it('is text when its bytes are UTF-8, else base64, and keeps them exactly', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.string().map(Buffer.from)), (bytes) => {
        const { value, encoding } = SecretValue.fromBytes(bytes).encode()
        expect(Buffer.from(value, encoding).equals(bytes)).toBe(true)
      }),
    )
    expect(SecretValue.fromBytes(Buffer.from([0xff])).encode().encoding).toBe('base64')
    expect(SecretValue.fromBytes(Buffer.from([0xed, 0xa0, 0x80])).encode().encoding).toBe('base64')
    expect(SecretValue.fromText('\ufeffx').encode()).toEqual({ value: '\ufeffx', encoding: 'utf8' })
  })
})
