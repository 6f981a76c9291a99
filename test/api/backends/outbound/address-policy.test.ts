import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BackendFailure } from '../../../../api/backends/backend.ts'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound, type OutboundOptions } from '../../../../api/backends/outbound/outbound.ts'
import { forbiddenHosts, openHosts } from './forbidden-hosts.ts'

function refusalOf(address: string, options: OutboundOptions = {}): BackendFailure | null {
  try {
    new Outbound(options).checkAddress(address)
    return null
  } catch (error) {
    if (error instanceof BackendFailure && error.code === 'address_refused') return error
    throw error
  }
}

const allowing = (text: string): OutboundOptions => ({ allow: parseAllowList(text) })

describe('the address policy', () => {
  it('knows more than 120 spellings of what is forbidden', () => {
    expect(new Set(forbiddenHosts).size).toBeGreaterThanOrEqual(120)
  })

  it.each(forbiddenHosts)('refuses %s', (host) => {
    expect(refusalOf(`http://${host}:8200/`)).not.toBeNull()
    expect(refusalOf(`https://${host}`)).not.toBeNull()
  })

  it.each(openHosts)('lets %s pass', (host) => {
    expect(refusalOf(`https://${host}:8200/`)).toBeNull()
  })

  it('refuses every address of a forbidden range, however it is spelt', () => {
    const ranges = [
      [127, 8],
      [0, 8],
      [224, 4],
      [240, 4],
    ] as const
    const address = fc
      .tuple(fc.constantFrom(...ranges), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
      .map(([[first, bits], random]) => ((first << 24) | (random & (2 ** (32 - bits) - 1))) >>> 0)
    const spelling = fc.constantFrom<(number: number) => string>(
      String,
      (number) => `0x${number.toString(16)}`,
      (number) => `0${number.toString(8)}`,
      (number) => octets(number).join('.'),
      (number) =>
        octets(number)
          .map((octet) => `0x${octet.toString(16)}`)
          .join('.'),
      (number) =>
        octets(number)
          .map((octet) => `0${octet.toString(8)}`)
          .join('.'),
      (number) => `[::ffff:${octets(number).join('.')}]`,
      (number) => `[64:ff9b::${octets(number).join('.')}]`,
    )
    fc.assert(
      fc.property(address, spelling, (number, spell) => {
        expect(refusalOf(`http://${spell(number)}/`)).not.toBeNull()
      }),
      { numRuns: 2000 },
    )
  })

  it('prints the line that would allow what it refuses', () => {
    expect(refusalOf('http://127.0.0.1:8200')?.message).toBe(
      'Address 127.0.0.1:8200 is not allowed for providers. To allow it, start the API with AGYN_OUTBOUND_ALLOW=127.0.0.1:8200.',
    )
    for (const host of ['localhost', '[::1]', '169.254.1.1', '[fe80::1]', '100.100.100.200']) {
      const refusal = refusalOf(`https://${host}/`)
      const setting = /AGYN_OUTBOUND_ALLOW=(.*)\.$/.exec(refusal?.message ?? '')?.[1] ?? ''
      expect(setting).toBe(`${host}:443`)
      expect(refusalOf(`https://${host}/`, allowing(setting))).toBeNull()
      expect(refusalOf(`https://${host}:8443/`, allowing(setting))).not.toBeNull()
    }
  })

  it.each([
    'ftp://vault.example.com',
    'file:///etc/passwd',
    'gopher://vault.example.com',
    'data:text/plain,x',
    'vault.example.com',
    '//vault.example.com',
    '',
    'http://',
    'http://[::1',
    'http://[fe80::1%25eth0]/',
    'http://256.1.1.1/',
    'https://user@vault.example.com',
    'https://user:pass@vault.example.com',
    'https://10.0.0.1@127.0.0.1',
    'https://vault.example.com?x=1',
    'https://vault.example.com#x',
  ])('refuses %j, which is no address of a server', (address) => {
    expect(refusalOf(address)).not.toBeNull()
  })

  it('never repeats a password that was put into the address', () => {
    expect(refusalOf('https://user:hunter2@vault.example.com')?.message).not.toContain('hunter2')
  })

  describe('with what the operator allows', () => {
    it('opens a range', () => {
      expect(refusalOf('http://127.9.9.9:1', allowing('127.0.0.0/8'))).toBeNull()
      expect(refusalOf('http://[::ffff:127.0.0.1]', allowing('127.0.0.0/8'))).toBeNull()
      expect(refusalOf('http://169.254.7.7', allowing('127.0.0.0/8'))).not.toBeNull()
      expect(refusalOf('http://[fe80::1]', allowing('fe80::/10'))).toBeNull()
    })

    it('opens localhost by name, and by either of its addresses', () => {
      for (const entry of ['localhost', 'LOCALHOST.', '127.0.0.1', '[::1]:8200', '127.0.0.0/8']) {
        expect(refusalOf('http://localhost:8200', allowing(entry)), entry).toBeNull()
      }
      expect(refusalOf('http://localhost:8200', allowing('localhost:8201'))).not.toBeNull()
    })

    it('opens metadata only when it is named, not by a range around it', () => {
      expect(
        refusalOf('http://169.254.169.254', allowing('169.254.0.0/16,0.0.0.0/0')),
      ).not.toBeNull()
      expect(refusalOf('http://169.254.169.254', allowing('169.254.169.254'))).toBeNull()
      expect(
        refusalOf('http://metadata.google.internal', allowing('metadata.google.internal')),
      ).toBeNull()
    })
  })

  describe('where our own database is', () => {
    const database = [
      { host: '10.0.0.5', port: 5432 },
      { host: 'DB.internal', port: 5432 },
      { host: '127.0.0.1', port: 5432 },
      { host: '::1', port: 5433 },
    ]

    it.each([
      '10.0.0.5',
      '0x0a000005',
      '[::ffff:10.0.0.5]',
      'db.internal',
      'db.INTERNAL.',
      '127.0.0.1',
    ])('refuses %s at its port', (host) => {
      expect(refusalOf(`http://${host}:5432`, { database })).not.toBeNull()
    })

    it('lets other ports of that machine pass', () => {
      expect(refusalOf('http://10.0.0.5:8200', { database })).toBeNull()
      expect(refusalOf('http://db.internal:8200', { database })).toBeNull()
    })

    it('opens it only to an entry that names host and port', () => {
      for (const entry of ['127.0.0.1', '127.0.0.0/8', '127.0.0.0/8:5432', 'localhost']) {
        const options = { database, ...allowing(entry) }
        expect(refusalOf('http://127.0.0.1:5432', options), entry).not.toBeNull()
      }
      expect(
        refusalOf('http://127.0.0.1:5432', { database, ...allowing('127.0.0.1:5432') }),
      ).toBeNull()
    })
  })
})

const octets = (number: number): number[] => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255)
