import { createCipheriv, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FernetError, openFernet, parseFernetKeys } from '../../cli/import/fernet.ts'

/** Of the vectors that the specification publishes. */
const secret = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const hello =
  'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='

/** verify.json and invalid.json of https://github.com/fernet/spec. */
describe('the published vectors', () => {
  it('verify.json opens', () => {
    expect(openFernet(hello, parseFernetKeys(secret)).toString()).toBe('hello')
  })

  it.each([
    [
      'incorrect mac',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==',
    ],
    ['too short', 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA=='],
    [
      'invalid base64',
      '%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    ],
    [
      'payload size not multiple of block size',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm',
    ],
    [
      'payload padding error',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==',
    ],
    [
      'incorrect IV (causes padding error)',
      'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
    ],
    ['trailing characters after b64 padding', `${hello}trailingdata`],
    [
      'invalid characters in b64',
      '*gAAAAAAdwJ6wAAECAwQFBgcI!CQoLDA0ODy021?cpGVWKZ_eEwC@GM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==',
    ],
    [
      'invalid non-urlsafe characters in b64',
      'gAAAAAAdwJ6wAAEC/AwQFBgcICQoLDA0ODy+021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==',
    ],
  ])('invalid.json, %s, is refused', (_, token) => {
    expect(() => openFernet(token, parseFernetKeys(secret))).toThrow(FernetError)
  })

  it.each([
    [
      'far-future TS (unacceptable clock skew)',
      'gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==',
    ],
    [
      'expired TTL',
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    ],
  ])('invalid.json, %s, opens: values that are taken over have no time to live', (_, token) => {
    expect(openFernet(token, parseFernetKeys(secret)).toString()).toBe('')
  })
})

/** Made with `cryptography` 48.0.0. */
describe('tokens of the Python library', () => {
  const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
  const other = '__79_Pv6-fj39vX08_Lx8O_u7ezr6uno5-bl5OPi4eA='

  it.each([
    [
      'nothing',
      'gAAAAABrA0wbjiicAcwDWeQB7xaTP3lj3zUL8CqQlHHqtc-z1uue6WWLARuDqVOc6200Q6zyDCwk9G5FSQtX4LlUgMwoV3jRYw==',
      Buffer.alloc(0),
    ],
    [
      'a URL',
      'gAAAAABrA0wb4o2teQXSUDUYInt3xFwpO9bYBd7HwaL-j39lKrfOtXHG9MjAiB9UNT61KtmMYrwqBnBWHZIC9ZnrIrawizrZb0-bwlVExTh8T5OALMH75SQ=',
      Buffer.from('postgres://app:p%40ss@db/app'),
    ],
    [
      'text of many bytes',
      'gAAAAABrA0wb5ZRABDKCkB3oSti7YqjX_SzxV2KVLOnuXPRjJ1CTbySisH3YUTwgLNfGTl8Xqv13F42EM1AKlCOK7Iike2opnw==',
      Buffer.from('grüße 🔑'),
    ],
    [
      'bytes that are no text',
      'gAAAAABrA0wbdLoXZtxYJtlMdF3XtLCFdHhz2WV5kWBt11TP1ZuDNFlFKp3_RTdpufoSw382JrMdt57OJDjVv1g8NyVaJnxdVg==',
      Buffer.from([0, 255, 254, 128]),
    ],
    [
      'a whole block',
      'gAAAAABrA0wbKy7Gbn6rSQ16zZ4j8XLHq27SShrFrXtbEXbFIVqZy1ZC3PflbXvBhO0KZ7avnKkbPQwkvv5nsF46KlZxh5aHeUCp_WsegCUnqblw6HEcvEc=',
      Buffer.from('x'.repeat(16)),
    ],
  ])('of %s open byte for byte', (_, token, plain) => {
    expect(openFernet(token, parseFernetKeys(key)).equals(plain)).toBe(true)
  })

  it('open with whichever key of a list fits', () => {
    const token =
      'gAAAAABrA0wbGbL7rE80JJwY0iVRve0iuBLar2-rlX-f6lgHtasGpqFGWOQ4W7N5OUDY4j5xTxqhxUAvUMrME1muY9AsHu_gYA=='
    expect(openFernet(token, parseFernetKeys(`${key}, ${other}`)).toString()).toBe('rotated')
    expect(() => openFernet(token, parseFernetKeys(key))).toThrow(/None of the keys/)
  })
})

describe('a token', () => {
  const keys = parseFernetKeys(secret)
  const urlSafe = (bytes: Buffer) =>
    bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')

  it('of any bytes opens, and with one bit flipped does not', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(), (plain, position) => {
      const key = Buffer.from(secret, 'base64url')
      const cipher = createCipheriv('aes-128-cbc', key.subarray(16), Buffer.alloc(16, 7))
      const head = Buffer.concat([Buffer.from([0x80]), Buffer.alloc(8), Buffer.alloc(16, 7)])
      const signed = Buffer.concat([head, cipher.update(plain), cipher.final()])
      const mac = createHmac('sha256', key.subarray(0, 16)).update(signed).digest()
      const token = Buffer.concat([signed, mac])
      expect(openFernet(urlSafe(token), keys).equals(Buffer.from(plain))).toBe(true)
      const bit = position % (token.length * 8)
      token[bit >> 3] = (token[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openFernet(urlSafe(token), keys)).toThrow(FernetError)
    })
    fc.assert(property, { numRuns: 200 })
  })

  it.each([
    ['without its padding', hello.replaceAll('=', '')],
    ['with bits after its end', hello.replace('DA==', 'DB==')],
    ['with a line break', `${hello}\n`],
    ['that is nothing', ''],
  ])('%s is refused', (_, token) => {
    expect(() => openFernet(token, keys)).toThrow(/not a Fernet token/)
  })
})

it.each([
  ['', 'FERNET_SECRET_KEY must be 32 bytes'],
  [secret.slice(4), 'FERNET_SECRET_KEY must be 32 bytes'],
  [`${secret},hunter2`, 'Key 2 of FERNET_SECRET_KEY must be 32 bytes'],
])('refuses a wrong key and does not quote it', (text, said) => {
  expect(() => parseFernetKeys(text)).toThrow(said)
  expect(() => parseFernetKeys(text)).not.toThrow('hunter2')
})
