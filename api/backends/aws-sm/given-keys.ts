import { BackendFailure } from '../backend.ts'
import type { AwsSmConfig } from './aws-config.ts'
import type { AwsIdentity } from './aws-identity.ts'

/** Keys that somebody made, and renews. Throws a `BackendFailure` for those that could not be sent. */
export function givenKeys(keys: GivenKeys): AwsIdentity {
  const credentials = {
    accessKeyId: textOf(keys, 'accessKeyId'),
    secretAccessKey: textOf(keys, 'secretAccessKey'),
    ...(keys.sessionToken && { sessionToken: textOf(keys, 'sessionToken') }),
  }
  return { credentials: () => Promise.resolve(credentials) }
}

type GivenKeys = Pick<AwsSmConfig, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>

function textOf(keys: GivenKeys, name: keyof GivenKeys): string {
  const text = keys[name]?.reveal().toString('utf8') ?? ''
  if (/^[\x21-\x7e]+$/.test(text)) return text
  throw new BackendFailure(
    'forbidden',
    text === ''
      ? `The provider has an access key, but no ${name}.`
      : `The provider's ${name} holds characters that none has, such as a space or a line break.`,
    { notSent: true },
  )
}
