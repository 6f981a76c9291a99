import { describe, expect, it } from 'vitest'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'

const read = (text: string) =>
  parseAllowList(text).map((entry) =>
    'host' in entry
      ? [entry.host, entry.port]
      : [`${entry.network.toString()}/${entry.prefixLength}`, entry.port],
  )

describe('AGYN_OUTBOUND_ALLOW', () => {
  it('takes hosts, addresses and CIDRs, each with or without a port', () => {
    expect(read('vault.local, Vault.Local.:8200,127.0.0.1:8200,10.0.0.0/8,10.0.0.0/8:443')).toEqual(
      [
        ['vault.local', undefined],
        ['vault.local', 8200],
        ['127.0.0.1/32', 8200],
        ['10.0.0.0/8', undefined],
        ['10.0.0.0/8', 443],
      ],
    )
    expect(read('::1,[::1]:8200,fe80::/10,[fe80::/10]:443,::ffff:127.0.0.1')).toEqual([
      ['::1/128', undefined],
      ['::1/128', 8200],
      ['fe80::/10', undefined],
      ['fe80::/10', 443],
      ['127.0.0.1/32', undefined],
    ])
  })

  it('is empty when nothing is given', () => {
    expect(read('')).toEqual([])
    expect(read(' , ,')).toEqual([])
  })

  it.each([
    'http://127.0.0.1',
    'a b',
    '127.0.0.1:0',
    '127.0.0.1:65536',
    '127.0.0.1:',
    '127.0.0.1:http',
    '127.0.0.1/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'vault.local/8',
    'fe80::/129',
    '[fe80::1',
    'fe80::1]',
    '[]',
    '[vault.local]',
    ':8200',
    '*.local',
    'user@host',
    '127.1',
    '0x7f.1',
    '2130706433',
    '256.1.1.1',
    'fe80::1%eth0',
  ])('names %j, which it does not understand', (entry) => {
    expect(() => parseAllowList(`10.0.0.1,${entry}`)).toThrow(JSON.stringify(entry))
  })

  it('names all that is malformed at once', () => {
    expect(() => parseAllowList('a b,10.0.0.1,*')).toThrow('"a b", "*"')
  })
})
