import { BackendFailure } from '../backend.ts'
import type { VaultAuth } from './vault-auth.ts'
import type { ConfigOf } from './vault-config.ts'

/** Authentication with a token that somebody else made, and renews. */
export function tokenAuth({ token }: ConfigOf<'token'>): VaultAuth {
  const text = token.reveal().toString('utf8')
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new BackendFailure(
      'forbidden',
      'The Vault token holds characters that no token has, such as a space or a line break.',
    )
  }
  return {
    token: () => Promise.resolve(text),
    // Dead or not, there is no other.
    isDead: () => Promise.resolve(false),
    refusedAnew: () => undefined,
    close: () => Promise.resolve(),
  }
}
