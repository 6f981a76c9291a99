import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export interface Certificate {
  /** PEM. */
  readonly cert: string
  readonly key: string
}

interface CertificateOptions {
  /** An IPv4 address or a DNS name that the certificate is made for. */
  readonly host: string
  readonly notAfter?: Date
  /** Who signs it; itself when left out. */
  readonly signedBy?: Authority
}

export interface Authority extends Certificate {
  readonly name: string
  readonly privateKey: KeyObject
}

/** Makes a certificate the way RFC 5280 lays it out; Node can read them, but not make them. */
export function makeCertificate(options: CertificateOptions): Certificate {
  const { signedBy, host, notAfter = new Date(Date.now() + 86_400_000) } = options
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const isAddress = /^[\d.]+$/.test(host)
  const altName = isAddress
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host))
  const issuer = signedBy ?? { name: host, privateKey }
  const extension = sequence(oid('551d11'), der(0x04, sequence(altName)))
  return {
    cert: assemble({ subject: host, issuer, publicKey, notAfter, extension }),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** A certificate authority of our own. */
export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const isCa = sequence(der(0x01, Buffer.from([0xff])))
  const extension = sequence(oid('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, isCa))
  const notAfter = new Date(Date.now() + 86_400_000)
  return {
    name,
    privateKey,
    cert: assemble({ subject: name, issuer: { name, privateKey }, publicKey, notAfter, extension }),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function assemble(parts: {
  subject: string
  issuer: { name: string; privateKey: KeyObject }
  publicKey: KeyObject
  notAfter: Date
  extension: Buffer
}): string {
  const algorithm = sequence(oid('2a8648ce3d040302')) // ecdsa-with-SHA256
  const validity = sequence(
    time(new Date(parts.notAfter.getTime() - 2 * 86_400_000)),
    time(parts.notAfter),
  )
  const body = sequence(
    der(0xa0, integer(2)),
    integer(++serial),
    algorithm,
    commonName(parts.issuer.name),
    validity,
    commonName(parts.subject),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(parts.extension)),
  )
  const signature = sign('sha256', body, parts.issuer.privateKey)
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

let serial = 0

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const header =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(header), content])
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts))
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]))
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`))
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))))
