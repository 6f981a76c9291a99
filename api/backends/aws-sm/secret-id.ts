import { BackendFailure } from '../backend.ts'

/** AWS has 512 for a name; an ARN ends with a hyphen and six characters of its own. */
export const longestName = 512
const longestNameInArn = longestName + 7

/** Throws `path_invalid` for what is neither a name nor an ARN of a secret in this region. */
export function checkSecretId(id: string, region: string): void {
  if (!id.startsWith('arn:')) return checkName(id, longestName)
  const [, partition = '', service, itsRegion, account = '', kind, ...name] = id.split(':')
  if (service !== 'secretsmanager') {
    throw invalid('This ARN belongs to another service than Secrets Manager.')
  }
  if (itsRegion !== region) {
    throw invalid(
      'This ARN belongs to another region than the provider.',
      `The provider reads secrets of ${region}; make one for the other region.`,
    )
  }
  if (!/^aws[a-z-]*$/.test(partition) || !/^\d{12}$/.test(account) || kind !== 'secret') {
    throw invalid('This ARN is not one of a secret.', arnForm(region))
  }
  if (name.length > 1) {
    throw invalid(
      'This ARN goes on after the name of the secret.',
      'Give a key or a version of it in the fields of their own.',
    )
  }
  checkName(name[0] ?? '', longestNameInArn)
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

function checkName(name: string, longest: number): void {
  if (name === '' || name.length > longest) {
    throw invalid(`The name of a secret has 1 to ${longestName} characters.`)
  }
  if (!/^[A-Za-z0-9/_+=.@-]+$/.test(name)) {
    throw invalid('The name of a secret has letters, digits and /_+=.@- only.')
  }
}

const arnForm = (region: string): string =>
  `Write it as arn:aws:secretsmanager:${region}:123456789012:secret:name, or give the name alone.`

const invalid = (message: string, hint?: string): BackendFailure =>
  new BackendFailure('path_invalid', message, { hint })
