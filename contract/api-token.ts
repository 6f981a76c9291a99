import { createHash } from 'node:crypto'

/** What the random part of a token is drawn from, 43 of them: 256 bits. */
export const tokenAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
export const TOKEN_RANDOM_LENGTH = 43
const CHECKSUM_LENGTH = 6

/**
 * The token with this random part: `agyn_`, the 43 characters, and a checksum of 6, by which a scanner
 * for leaked credentials can tell a token from a text that looks like one.
 */
export const tokenOf = (random: string): string => `agyn_${random}${checksum(random)}`

/** Whether a text can be a token at all. Saves the database a look-up, and the caller a riddle. */
export function isTokenShaped(text: string): boolean {
  const [, random] = /^agyn_([0-9A-Za-z]{43})[0-9A-Za-z]{6}$/.exec(text) ?? []
  return random !== undefined && tokenOf(random) === text
}

function checksum(random: string): string {
  let number = createHash('sha256').update(random).digest().readUIntBE(0, 6)
  let text = ''
  for (let index = 0; index < CHECKSUM_LENGTH; index++) {
    text += tokenAlphabet[number % tokenAlphabet.length]
    number = Math.floor(number / tokenAlphabet.length)
  }
  return text
}
