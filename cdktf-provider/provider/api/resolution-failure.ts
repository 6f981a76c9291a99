/** Why one value could not be had, in the words of the API. */
export interface ResolutionFailure {
  readonly env?: string | undefined
  readonly secretName?: string | undefined
  readonly secretId?: string | undefined
  readonly providerName?: string | undefined
  readonly path?: string | undefined
  readonly code?: string | undefined
  readonly detail?: string | undefined
  readonly availableKeys?: readonly string[] | undefined
  readonly nearest?: readonly string[] | undefined
}

/** What it is about: `STRIPE_API_KEY`, or the secret when it has no env. */
export const whatFailed = ({ env, secretName, path, secretId }: ResolutionFailure): string =>
  env ?? secretName ?? path ?? secretId ?? 'a secret'

/** Everything that is known of it, one fact a line. */
export function describeFailure(failure: ResolutionFailure): string {
  const { secretName, secretId, providerName, path, detail = '' } = failure
  const facts = {
    secret: secretName ?? secretId,
    provider: providerName,
    path,
    'available keys': inWords(failure.availableKeys),
    'names near it': inWords(failure.nearest),
  }
  const lines = Object.entries(facts).flatMap(([fact, value]) =>
    value === undefined ? [] : [`  ${fact}: ${value}`],
  )
  return [detail, ...lines].join('\n')
}

const inWords = (names: readonly string[] | undefined): string | undefined =>
  names === undefined || names.length === 0 ? undefined : names.join(', ')
