import { failures } from '../../../contract/problems.ts'
import { BackendFailure } from '../backend.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import { retryAfterSeconds } from '../outbound/retry.ts'
import { awsErrors, type AwsErrorMeaning } from './aws-errors.ts'

/** What AWS refused, in our own words. Its `errorName` is one that we know: nothing of an answer gets any further. */
export class AwsRefusal extends BackendFailure {
  readonly errorName: string
  readonly about: AwsErrorMeaning['about']

  constructor(errorName: string, meaning: AwsErrorMeaning, retryAfterSeconds?: number) {
    const { code, message, hint, about } = meaning
    super(code, message, { hint, retryAfterSeconds, cause: { code: errorName } })
    this.errorName = errorName
    this.about = about
  }
}

/** An error as AWS writes it, in an answer of its own or in that of a batch. */
export interface AwsError {
  readonly name: string
  readonly text?: string | undefined
}

/**
 * What an error of AWS means; `undefined` when it has a name that is not known.
 *
 * @param action - what was asked for, as policies write it: `secretsmanager:GetSecretValue`
 */
export function refusal(
  { name, text = '' }: AwsError,
  action: string,
  retryAfterSeconds?: number,
): AwsRefusal | undefined {
  const known = awsErrors.get(name)
  if (!known) return undefined
  // One name for all that a secret's state forbids; only the text says that it is a deletion.
  const isDeletion = name === 'InvalidRequestException' && /delet/i.test(text)
  const meaning = isDeletion ? deleted : known.about === 'permission' ? lacking(action) : known
  return new AwsRefusal(name, meaning, retryAfterSeconds)
}

/** What an answer that is no success means. */
export function answerFailure(answer: OutboundAnswer, action: string): BackendFailure {
  const { status } = answer
  const retryAfter = retryAfterSeconds(answer)
  const known = refusal(readError(answer), action, retryAfter)
  if (known) return known
  const details = { retryAfterSeconds: retryAfter, cause: { status } }
  if (status === 429) {
    return new BackendFailure('throttled', 'The endpoint is asked too often.', details)
  }
  if (status >= 500) {
    return new BackendFailure('unreachable', `AWS is not able to answer now (${status}).`, details)
  }
  return notAwsAnswer({ status })
}

/** For an answer that is none, be it an error or a success. What was answered is not in it. */
export const notAwsAnswer = (cause?: { readonly status: number }): BackendFailure =>
  new BackendFailure('unreadable_answer', 'The answer is not one of AWS.', {
    hint: 'Check that the endpoint is that of AWS itself, not of a page or proxy before it.',
    cause,
  })

/** Whether an answer says "too many requests", which AWS does with status 400. */
export const isThrottling = (answer: OutboundAnswer): boolean =>
  meaningOf(answer)?.code === 'throttled'

/** Whether an answer names a refusal that asking again will not change, whatever its status. */
export function isFinal(answer: OutboundAnswer): boolean {
  const meaning = meaningOf(answer)
  return meaning !== undefined && !failures[meaning.code].passing
}

const meaningOf = (answer: OutboundAnswer): AwsErrorMeaning | undefined =>
  answer.status === 200 ? undefined : awsErrors.get(readError(answer).name)

/** Secrets Manager answers its errors in JSON, STS in XML, and what stands before them in either. */
function readError({ headers, body }: OutboundAnswer): AwsError {
  const source = body.toString('utf8')
  const json = membersOf(source)
  const names = [
    headers['x-amzn-errortype'],
    json['__type'],
    /<Code>(\w+)<\/Code>/.exec(source)?.[1],
  ]
  const [name = ''] = names.flatMap((each) =>
    // It may stand behind a namespace and before a URL: com.amazonaws.x#Name:http://...
    typeof each === 'string' ? (/(?:^|#)(\w+)(?::|$)/.exec(each)?.[1] ?? []) : [],
  )
  const text = json['message'] ?? json['Message']
  return { name, text: typeof text === 'string' ? text : undefined }
}

function membersOf(source: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(source)) as Record<string, unknown>
  } catch {
    return {}
  }
}

const deleted: AwsErrorMeaning = {
  code: 'version_deleted',
  message: 'The secret is scheduled for deletion.',
  hint: 'Until then it can be restored (aws secretsmanager restore-secret).',
}

const lacking = (action: string): AwsErrorMeaning => ({
  code: 'forbidden',
  message: `AWS refused: these credentials lack the permission ${action}, for this or at all.`,
  hint:
    action === 'sts:AssumeRole'
      ? "The role's trust policy must name this identity, and this external id or none."
      : 'Their policy must allow it for this secret, and kms:Decrypt when a key of your own encrypts it.',
  about: 'permission',
})
