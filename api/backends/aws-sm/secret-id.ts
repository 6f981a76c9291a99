import { BackendFailure } from '../backend.ts'
import { checkStorePath } from '../check-store-path.ts'

/** Throws `path_invalid` for what is neither a name nor an ARN of a secret in this region. */
export function checkSecretId(id: string, region: string): void {
  const [arn, , service, itsRegion] = id.split(':')
  if (arn === 'arn' && service === 'secretsmanager' && itsRegion !== region) {
    throw new BackendFailure(
      'path_invalid',
      'This ARN belongs to another region than the provider.',
      {
        hint: `The provider reads secrets of ${region}; make one for the other region.`,
        notSent: true,
      },
    )
  }
  checkStorePath('aws-sm', id)
}

/** Whether a secret in an answer is the one that was asked for by this id. */
export function isNamedBy(id: string, { ARN = '', Name }: NamedSecret): boolean {
  if (ARN === id || Name === id) return true
  // An ARN may be given without its end. One that looks whole is, to AWS as well:
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
  return id.startsWith('arn:') && !suffix.test(id) && ARN.replace(suffix, '') === id
}

/** What AWS adds to a name to make it an ARN. */
export const suffix = /-[A-Za-z0-9]{6}$/

interface NamedSecret {
  readonly ARN?: string | undefined
  readonly Name?: string | undefined
}
