import { isObject } from './rule.ts'

/**
 * Understands a secret written in the words of Provenance, whose API names the same fields
 * differently, and gives it back in ours. Everything else passes through untouched:
 *
 *     { "secretPath": "stripe.apiKey", "provider": "aws-sm", "providerPath": "prod/stripe",
 *       "secretProviderId": "…", "providerConfig": { "jsonKey": "api_key" } }
 *
 * `provider` repeats the type of the provider that `secretProviderId` names, so nothing is lost
 * with it.
 */
export function fromProvenance(body: unknown): unknown {
  if (!isObject(body) || !Object.hasOwn(body, 'secretPath')) return body
  if (Object.hasOwn(body, 'name')) return body // two names: `secretPath` is refused as unknown
  const { secretPath, provider: _, providerPath, secretProviderId, providerConfig, ...rest } = body
  const given = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const onlyKey =
    isObject(providerConfig) && Object.keys(providerConfig).every((key) => key === 'jsonKey')
  return {
    ...rest,
    ...given({ name: secretPath, remotePath: providerPath, providerId: secretProviderId }),
    // A providerConfig with anything else in it stays, and is refused as the unknown field it is.
    ...(onlyKey ? given({ remoteKey: providerConfig['jsonKey'] }) : given({ providerConfig })),
  }
}
