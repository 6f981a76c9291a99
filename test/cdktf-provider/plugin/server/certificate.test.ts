import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCertificate, toPem } from '../../../../cdktf-provider/plugin/server/certificate.ts'

describe('makeCertificate', () => {
  it('makes a certificate that verifies itself, whatever its random parts are', () => {
    for (let i = 0; i < 300; i++) {
      const { der, key } = makeCertificate()
      const certificate = new X509Certificate(der)
      expect(certificate.verify(certificate.publicKey)).toBe(true)
      expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true)
      expect(certificate.checkHost('localhost')).toBe('localhost')
      expect(certificate.ca).toBe(true)
    }
  })

  it('makes what TLS accepts', () => {
    const { der, key } = makeCertificate()
    expect(() => createSecureContext({ key, cert: toPem(der) })).not.toThrow()
  })

  it('is valid from an hour before to a year after', () => {
    const { der } = makeCertificate(new Date('2030-02-28T23:30:00Z'))
    const { validFrom, validTo } = new X509Certificate(der)
    expect(new Date(validFrom)).toEqual(new Date('2030-02-28T22:30:00Z'))
    expect(new Date(validTo)).toEqual(new Date('2031-02-28T23:30:00Z'))
  })

  it('is valid around every moment until 2048', () => {
    const moments = fc.date({
      min: new Date('2000-01-01T01:00:00Z'),
      max: new Date('2048-12-30T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, (moment) => {
        const { validFrom, validTo } = new X509Certificate(makeCertificate(moment).der)
        expect(Date.parse(validFrom)).toBeLessThan(moment.getTime())
        expect(Date.parse(validTo)).toBeGreaterThan(moment.getTime())
      }),
    )
  })

  it('does not verify once a bit of it is another', () => {
    const { der } = makeCertificate()
    const { publicKey } = new X509Certificate(der)
    fc.assert(
      fc.property(fc.nat(der.length * 8 - 1), (bit) => {
        const damaged = Buffer.from(der)
        damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7))
        expect(verifies(damaged, publicKey)).toBe(false)
      }),
    )
  })
})

function verifies(der: Buffer, key: KeyObject): boolean {
  try {
    return new X509Certificate(der).verify(key)
  } catch {
    return false
  }
}
