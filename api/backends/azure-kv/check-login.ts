import type { SecretValue } from '../../keyring/secret-value.ts'
import type { CallOptions, CheckReport } from '../backend.ts'
import type { AccessTokens } from '../access-tokens.ts'
import { memberOf, parseJson } from '../answer-json.ts'
import type { KeyVaultClient } from './key-vault-client.ts'
import { KeyVaultRefusal } from './key-vault-refusal.ts'

/** Logs in and asks for one name. What else is allowed, Azure does not tell without a try. */
export async function checkLogin(
  client: KeyVaultClient,
  tokens: AccessTokens,
  options: CallOptions,
): Promise<CheckReport> {
  const list = await mayList(client, options)
  const identity = describeToken(await tokens.get(options))
  return { identity, can: { read: 'unknown', write: 'unknown', list } }
}

async function mayList(client: KeyVaultClient, options: CallOptions): Promise<boolean> {
  try {
    await client.listNames({ ...options, limit: 1 })
    return true
  } catch (error) {
    if (error instanceof KeyVaultRefusal && error.code === 'forbidden') return false
    throw error
  }
}

/**
 * Whose token it is, and for how long, as the token says. It is not verified: the vault has just done
 * that, and this is shown to people and decides nothing.
 */
function describeToken(token: SecretValue): CheckReport['identity'] {
  const [, payload = ''] = token.reveal().toString('utf8').split('.')
  const claims = parseJson(Buffer.from(payload, 'base64url'))
  const names = ['upn', 'appid', 'azp', 'oid'].map((name) => memberOf(claims, name))
  const name = names.find((each) => typeof each === 'string')
  const expiry = new Date(Number(memberOf(claims, 'exp')) * 1000)
  return {
    displayName: name?.slice(0, 200).toWellFormed(),
    expiresAt: Number.isNaN(expiry.getTime()) ? undefined : expiry.toISOString(),
    renewable: true,
  }
}
