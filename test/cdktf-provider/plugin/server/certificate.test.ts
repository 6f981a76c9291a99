import { X509Certificate, createPrivateKey } from 'node:crypto'
import { createSecureContext } from 'node:tls'
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
})
