import type { FailureCode } from '../../../contract/problems.ts'

/** What an error of AWS means to us. */
export interface AwsErrorMeaning {
  readonly code: FailureCode
  readonly message: string
  readonly hint?: string | undefined
  /** What it is that AWS does not accept, where that matters to what is done next. */
  readonly about?: 'permission' | 'credentials' | 'expiry'
}

/** It says more where it is known what was asked for. */
const noPermission: AwsErrorMeaning = {
  code: 'forbidden',
  message: 'AWS refused: these credentials may not do this.',
  about: 'permission',
}

const wrongKeys: AwsErrorMeaning = {
  code: 'forbidden',
  message: 'AWS does not know this access key, or the secret key does not belong to it.',
  hint: 'Check that both were copied whole and are still active, that a temporary key comes with its session token, and that the clock of the API is right.',
  about: 'credentials',
}

const wrongTime: AwsErrorMeaning = {
  code: 'forbidden',
  message: 'AWS refused a request as too old or too new.',
  hint: 'Set the clock of the machine that the API runs on.',
  about: 'credentials',
}

const expired: AwsErrorMeaning = {
  code: 'forbidden',
  message: 'The AWS session token has expired.',
  hint: 'Give a new one, or a role to assume: its sessions are renewed.',
  about: 'expiry',
}

const otherRegion: AwsErrorMeaning = {
  code: 'forbidden',
  message: 'This region is not enabled for the AWS account.',
  hint: 'Enable it in the account, or set another region.',
}

const wrongKmsKey: AwsErrorMeaning = {
  code: 'forbidden',
  message: 'AWS cannot use the KMS key that encrypts the secret.',
  hint: 'The key must be enabled, and its policy must let these credentials use it.',
}

const throttled: AwsErrorMeaning = {
  code: 'throttled',
  message: 'AWS is asked too often: the rate limit of the account is reached.',
}

const notAble: AwsErrorMeaning = { code: 'unreachable', message: 'AWS is not able to answer now.' }

const notTaken: AwsErrorMeaning = {
  code: 'path_invalid',
  message: 'AWS does not take this name, ARN or version.',
}

const otherService: AwsErrorMeaning = {
  code: 'unreadable_answer',
  message: 'This endpoint does not know what it was asked.',
  hint: 'Check that the endpoint is that of AWS Secrets Manager, and the STS endpoint that of STS.',
}

/** By their names, which AWS says mean the same whatever the status. The older services have names of their own. */
export const awsErrors: ReadonlyMap<string, AwsErrorMeaning> = new Map<string, AwsErrorMeaning>([
  ['AccessDeniedException', noPermission],
  ['AccessDenied', noPermission],
  ['NotAuthorized', noPermission],
  ['UnrecognizedClientException', wrongKeys],
  ['InvalidClientTokenId', wrongKeys],
  ['InvalidAccessKeyId', wrongKeys],
  ['InvalidSignatureException', wrongKeys],
  ['SignatureDoesNotMatch', wrongKeys],
  ['IncompleteSignature', wrongKeys],
  ['IncompleteSignatureException', wrongKeys],
  ['MissingAuthenticationToken', wrongKeys],
  ['MissingAuthenticationTokenException', wrongKeys],
  ['AuthFailure', wrongKeys],
  ['RequestExpired', wrongTime],
  ['RequestTimeTooSkewed', wrongTime],
  ['RequestInTheFuture', wrongTime],
  ['ExpiredTokenException', expired],
  ['ExpiredToken', expired],
  ['OptInRequired', otherRegion],
  ['RegionDisabledException', otherRegion],
  ['DecryptionFailure', wrongKmsKey],
  ['EncryptionFailure', wrongKmsKey],
  ['ThrottlingException', throttled],
  ['Throttling', throttled],
  ['ThrottledException', throttled],
  ['RequestThrottled', throttled],
  ['RequestThrottledException', throttled],
  ['RequestLimitExceeded', throttled],
  ['TooManyRequestsException', throttled],
  ['SlowDown', throttled],
  ['InternalServiceError', notAble],
  ['InternalServiceErrorException', notAble],
  ['InternalServerError', notAble],
  ['InternalFailure', notAble],
  ['ServiceUnavailable', notAble],
  ['ServiceUnavailableException', notAble],
  ['RequestTimeout', notAble],
  ['RequestTimeoutException', notAble],
  ['InvalidParameterException', notTaken],
  ['InvalidParameterValue', notTaken],
  ['ValidationException', notTaken],
  ['ValidationError', notTaken],
  ['UnknownOperationException', otherService],
  ['InvalidAction', otherService],
  ['ResourceNotFoundException', { code: 'path_missing', message: 'There is no such secret.' }],
  [
    'ResourceExistsException',
    { code: 'path_taken', message: 'There is a secret of this name already.' },
  ],
  [
    'InvalidRequestException',
    {
      code: 'forbidden',
      message: 'AWS refused: the secret does not allow this in the state that it is in.',
      hint: 'Another service of AWS may manage it, or its rotation may be under way.',
    },
  ],
  [
    'LimitExceededException',
    {
      code: 'forbidden',
      message: 'A quota of AWS Secrets Manager is reached, such as that of secrets or of versions.',
    },
  ],
  [
    'InvalidNextTokenException',
    {
      code: 'path_invalid',
      message: 'AWS does not know this place in the listing any more.',
      hint: 'Begin at the first page.',
    },
  ],
])
