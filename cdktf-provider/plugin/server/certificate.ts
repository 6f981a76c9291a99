import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A self-signed certificate for one run of the provider, and its key. */
export interface Certificate {
  readonly der: Buffer
  readonly key: string
}

/**
 * Makes the certificate Terraform pins for this run: P-256, for `localhost`, a CA so that it verifies
 * itself. node:crypto can sign but not write X.509 (RFC 5280), and a library that can takes 70 ms to load.
 */
export function makeCertificate(now = new Date()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(oid('550403'), utf8('localhost'))))
  const body = sequence(
    tlv(0xa0, integer(Buffer.of(2))), // version 3
    integer(serialNumber()),
    sequence(oid(ecdsaWithSha256)),
    name,
    sequence(time(now, -hour), time(now, 365 * 24 * hour)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(
      0xa3,
      sequence(
        // keyUsage: digitalSignature, keyEncipherment, keyAgreement, keyCertSign
        extension('551d0f', tlv(0x03, Buffer.of(2, 0xac)), { critical: true }),
        // extKeyUsage: serverAuth, clientAuth
        extension('551d25', sequence(oid('2b06010505070301'), oid('2b06010505070302'))),
        // basicConstraints: CA
        extension('551d13', sequence(yes), { critical: true }),
        // subjectAltName: Terraform dials "localhost" whatever the socket is, and refuses without it.
        extension('551d11', sequence(tlv(0x82, Buffer.from('localhost')))),
      ),
    ),
  )
  const signature = tlv(0x03, Buffer.of(0), sign('sha256', body, privateKey))
  return {
    der: sequence(body, sequence(oid(ecdsaWithSha256)), signature),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

/** The same certificate as TLS libraries want it. */
export const toPem = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`

const hour = 3_600_000
const ecdsaWithSha256 = '2a8648ce3d040302'

function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), ...parts])
}

const yes = tlv(0x01, Buffer.of(0xff))
const integer = (bytes: Buffer) => tlv(0x02, bytes)
const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts)
const set = (...parts: readonly Uint8Array[]) => tlv(0x31, ...parts)
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'))
const utf8 = (text: string) => tlv(0x0c, Buffer.from(text))

function extension(id: string, value: Buffer, { critical = false } = {}): Buffer {
  return sequence(oid(id), ...(critical ? [yes] : []), tlv(0x04, value))
}

/** DER wants integers positive and minimal, so the first byte is neither above 0x7f nor zero. */
function serialNumber(): Buffer {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40
  return serial
}

/** UTCTime, which RFC 5280 prescribes until 2049. */
function time(now: Date, offsetMs: number): Buffer {
  const text = new Date(now.getTime() + offsetMs).toISOString()
  return tlv(0x17, Buffer.from(`${text.replace(/[-:T]/g, '').slice(2, 14)}Z`))
}
