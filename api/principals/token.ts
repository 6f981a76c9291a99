import { createHash, randomInt } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM = 43 // log2(62^43) = 256 bits
const CHECK = 6

/**
 * Makes a token: `agyn_`, 43 random characters, and a checksum of 6, by which a scanner for leaked
 * credentials can tell a token from a text that looks like one.
 */
export function makeToken(): string {
  let random = ''
  for (let index = 0; index < RANDOM; index++) random += ALPHABET[randomInt(ALPHABET.length)]
  return `agyn_${random}${checksum(random)}`
}

/** What is stored of a token. It needs no salt and no slow hash: nobody guesses 256 bits. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** What is shown of a token, to tell it from others. */
export const prefixOf = (token: string): string => token.slice(0, 'agyn_'.length + 4)

/** Whether a text can be a token at all. Saves the database a look-up, and the caller a riddle. */
export function isTokenShaped(text: string): boolean {
  const [, random, check] = /^agyn_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(text) ?? []
  return random !== undefined && checksum(random) === check
}

function checksum(random: string): string {
  let number = createHash('sha256').update(random).digest().readUIntBE(0, 6)
  let text = ''
  for (let index = 0; index < CHECK; index++) {
    text += ALPHABET[number % ALPHABET.length]
    number = Math.floor(number / ALPHABET.length)
  }
  return text
}
