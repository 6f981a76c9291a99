import tls from 'node:tls'
import { describe, expect, it, vi } from 'vitest'
import {
  checkCaCertificate,
  trustAlso,
} from '../../../../api/backends/outbound/trusted-certificates.ts'
import { codeOf, failureOf } from '../describe-backend.ts'
import { makeAuthority, makeCertificate } from './make-certificate.ts'
import { get, OutboundWorld } from './outbound-world.ts'

const world = new OutboundWorld()

describe('TLS', () => {
  const authority = makeAuthority('Test authority')

  it('trusts the authority that the provider names', async () => {
    const server = await world.serve(
      (_, response) => response.end(),
      makeCertificate({ host: '127.0.0.1', signedBy: authority }),
    )
    const others = makeAuthority('Other').cert
    for (const caCertificate of [
      authority.cert,
      others + authority.cert,
      authority.cert.replaceAll('\n', '\r\n'),
    ]) {
      expect((await get(world.connectTo(server.address, { caCertificate }))).status).toBe(200)
    }
  })

  it("still trusts the system's authorities", () => {
    const make = vi.spyOn(tls, 'createSecureContext')
    trustAlso(authority.cert)()
    const [options] = make.mock.lastCall ?? []
    expect(options?.ca).toEqual(
      expect.arrayContaining([...tls.rootCertificates, authority.cert.trim()]),
    )
    make.mockRestore()
  })

  it('trusts the authorities of the process besides', async () => {
    const server = await world.serve(
      (_, response) => response.end(),
      makeCertificate({ host: '127.0.0.1', signedBy: authority }),
    )
    const caCertificate = makeAuthority('Other').cert
    expect(await codeOf(get(world.connectTo(server.address, { caCertificate })))).toBe(
      'unreachable',
    )
    const extraRoots = authority.cert
    expect((await get(world.connectTo(server.address, { caCertificate, extraRoots }))).status).toBe(
      200,
    )
  })

  it.each([
    ['self-signed', makeCertificate({ host: '127.0.0.1' }), 'self-signed'],
    [
      'of an unknown authority',
      makeCertificate({ host: '127.0.0.1', signedBy: makeAuthority('?') }),
      'authority is unknown',
    ],
    [
      'made for another name',
      makeCertificate({ host: 'other.example', signedBy: authority }),
      'another name',
    ],
    [
      'expired',
      makeCertificate({
        host: '127.0.0.1',
        signedBy: authority,
        notAfter: new Date(Date.now() - 1000),
      }),
      'expired',
    ],
  ])('says that a certificate is %s, once', async (_, certificate, words) => {
    const server = await world.serve((_, response) => response.end(), certificate)
    const failure = await failureOf(
      get(world.connectTo(server.address, { caCertificate: authority.cert })),
    )
    expect(failure.code).toBe('unreachable')
    expect(failure.message).toContain(words)
    expect(failure.hint).toBeTypeOf('string')
    expect(server.connections()).toBe(1)
  })

  it('takes a self-signed certificate that is given', async () => {
    const certificate = makeCertificate({ host: '127.0.0.1' })
    const server = await world.serve((_, response) => response.end(), certificate)
    expect(
      (await get(world.connectTo(server.address, { caCertificate: certificate.cert }))).status,
    ).toBe(200)
  })

  it('says when one side speaks TLS and the other does not', async () => {
    const plain = await world.serve((_, response) => response.end())
    const secure = await world.serve(
      (_, response) => response.end(),
      makeCertificate({ host: '127.0.0.1' }),
    )
    const asSecure = await failureOf(get(world.connectTo(plain.address.replace('http:', 'https:'))))
    expect(asSecure.message).toContain('does not speak TLS')
    const asPlain = await codeOf(get(world.connectTo(secure.address.replace('https:', 'http:'))))
    expect(['unreachable', 'unreadable_answer']).toContain(asPlain)
  })

  it('takes the certificates out of a text, and lets nothing else pass', () => {
    const [first, second] = [makeAuthority('First').cert, makeAuthority('Second').cert]
    expect(checkCaCertificate(`# ours\n${first}\n${second}`)).toHaveLength(2)
    const broken = first.replace('\nMI', '\n!!')
    for (const text of ['', 'nonsense', broken, `${second}${broken}`]) {
      expect(() => checkCaCertificate(text)).toThrow(
        expect.objectContaining({ code: 'misconfigured' }),
      )
    }
  })

  it.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'refuses %j as a certificate',
    async (caCertificate) => {
      const connect = async () => world.connectTo('https://127.0.0.1:1', { caCertificate })
      const failure = await failureOf(connect())
      expect(failure.message).toContain('caCertificate')
    },
  )
})
