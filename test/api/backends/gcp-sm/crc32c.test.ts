import { expect, it } from 'vitest'
import { crc32c } from '../../../../api/backends/gcp-sm/crc32c.ts'

// RFC 3720, appendix B.4; the last one is the check value of the catalogue of CRCs.
it.each([
  ['32 bytes of zeroes', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 bytes that count up', Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e],
  ['32 that count down', Buffer.from(Array.from({ length: 32 }, (_, at) => 31 - at)), 0x113fdb5c],
  ['nothing', Buffer.alloc(0), 0],
  ['nine digits', Buffer.from('123456789'), 0xe3069283],
])('knows the checksum of %s', (_, bytes, checksum) => {
  expect(crc32c(bytes)).toBe(checksum)
})
