import { createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { BackendFailure } from '../backend.ts'
import type { KeyFile } from './key-file.ts'
import { type Login, scope } from './login.ts'
import { TokenEndpoint, type TokenWorld } from './token-endpoint.ts'

/** Logs in with the key of a service account: RFC 7523, as in https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
export function serviceAccount(file: KeyFile, world: TokenWorld): Login {
  const email = file.text('client_email')
  const key = privateKey(file.text('private_key'))
  const keyId = file.optionalText('private_key_id')
  const audience = file.optionalText('token_uri') ?? 'https://oauth2.googleapis.com/token'
  const endpoint = new TokenEndpoint(audience, world)
  return {
    logIn: (options) =>
      endpoint.askToken(
        {
          form: {
            grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
            assertion: assertion({ email, audience, keyId }, key),
          },
          member: 'access_token',
          lifeSeconds: 'expires_in',
        },
        options,
      ),
    identity: () => Promise.resolve(email),
    close: () => endpoint.close(),
  }
}

interface Claims {
  readonly email: string
  readonly audience: string
  readonly keyId: string | undefined
}

function assertion({ email, audience, keyId }: Claims, key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000)
  const signed = [
    { alg: 'RS256', typ: 'JWT', kid: keyId },
    { iss: email, scope, aud: audience, iat: now, exp: now + 3600 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

function privateKey(pem: string): KeyObject {
  let key: KeyObject | undefined
  try {
    key = createPrivateKey(pem)
  } catch {
    // What OpenSSL says of it is of no use to anybody.
  }
  if (key?.asymmetricKeyType === 'rsa') return key
  throw new BackendFailure(
    'misconfigured',
    'The `private_key` of the key file is not an RSA key in PEM.',
    {
      hint: 'Give the key file as it was downloaded, its line breaks written as \\n.',
      notSent: true,
    },
  )
}
