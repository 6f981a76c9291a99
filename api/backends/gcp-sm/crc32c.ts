/**
 * The checksum that Google sends along with a value: CRC-32C (Castagnoli), RFC 3720, section 12.1.
 * What Node has is another polynomial, and only since version 22.
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}

/** Of each byte, with the bits reversed. */
const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0)
  return crc
})
