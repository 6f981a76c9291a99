import { createHash, randomInt } from 'node:crypto'
import { TOKEN_RANDOM_LENGTH, tokenAlphabet, tokenOf } from '../../contract/api-token.ts'

export { isTokenShaped } from '../../contract/api-token.ts'

/** Makes a token. */
export function makeToken(): string {
  let random = ''
  for (let index = 0; index < TOKEN_RANDOM_LENGTH; index++) {
    random += tokenAlphabet[randomInt(tokenAlphabet.length)]
  }
  return tokenOf(random)
}

/** What is stored of a token. It needs no salt and no slow hash: nobody guesses 256 bits. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** What is shown of a token, to tell it from others. */
export const prefixOf = (token: string): string => token.slice(0, 'agyn_'.length + 4)
