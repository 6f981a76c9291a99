import type { FailureCode } from '../../../contract/problems.ts'
import { BackendFailure, type FailureDetails } from '../backend.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import { retryAfterSeconds } from '../outbound/retry.ts'
import { memberOf, parseJson } from '../answer-json.ts'

/** An answer by which Key Vault says no, in our words. */
export class KeyVaultRefusal extends BackendFailure {
  /** Key Vault's own word for it, when it is one that we know: `SecretNotFound`, `SecretDisabled`. */
  readonly reason: string | undefined
  /** The SDK looks at it to tell whether a deletion has been completed. */
  readonly statusCode: number

  constructor(code: FailureCode, message: string, details: RefusalDetails) {
    super(code, message, details)
    this.reason = details.reason
    this.statusCode = details.statusCode
  }
}

interface RefusalDetails extends FailureDetails {
  readonly reason: string | undefined
  readonly statusCode: number
}

/** Whether a call failed because Key Vault gave one of these reasons. */
export const isRefusal = (error: unknown, ...reasons: readonly string[]): boolean =>
  error instanceof KeyVaultRefusal && reasons.some((reason) => reason === error.reason)

/** What an answer of 400 and above means. */
export function refusalOf(answer: OutboundAnswer): BackendFailure {
  const { status } = answer
  const waiting = { retryAfterSeconds: retryAfterSeconds(answer), cause: { status } }
  if (status === 429) {
    return new BackendFailure(
      'throttled',
      'Azure Key Vault is asked too often: its limit is reached.',
      waiting,
    )
  }
  if (status >= 500) {
    return new BackendFailure(
      'unreachable',
      `Azure Key Vault is not able to answer now (${status}).`,
      waiting,
    )
  }
  const words = wordsOf(answer)
  const reason = words.find((word) => Object.hasOwn(reasons, word))
  const meaning = reason === undefined ? byStatus[status] : reasons[reason]
  if (words.length === 0 || !meaning) {
    return new BackendFailure(
      'unreadable_answer',
      `The answer (${status}) is not one of Azure Key Vault's.`,
      { hint: 'Check that vaultUrl is the address of the vault itself, not of a proxy before it.' },
    )
  }
  const { code, message, hint } = meaning
  return new KeyVaultRefusal(code, message, { hint, reason, statusCode: status })
}

interface Meaning {
  readonly code: FailureCode
  readonly message: string
  readonly hint?: string
}

/** https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
const reasons: Readonly<Record<string, Meaning | undefined>> = {
  SecretNotFound: { code: 'path_missing', message: 'The vault has no such secret.' },
  SecretDisabled: {
    code: 'secret_disabled',
    message: 'The secret is disabled.',
    hint: 'Enable it in the vault, or name a version that is enabled.',
  },
  ForbiddenByRbac: {
    code: 'forbidden',
    message: 'The login has no role in the vault that allows this.',
    hint: 'Reading takes the role Key Vault Secrets User, writing Key Vault Secrets Officer. A new role takes some minutes to hold.',
  },
  AccessDenied: {
    code: 'forbidden',
    message: "The vault's access policies do not allow this.",
    hint: 'Give the login an access policy for secrets: get and list for reading; set, delete, recover and purge for managed secrets.',
  },
  ForbiddenByFirewall: {
    code: 'forbidden',
    message: "The vault's firewall does not let this server in.",
    hint: "Allow the server's network in the networking settings of the vault.",
  },
  ForbiddenByConnection: {
    code: 'forbidden',
    message: 'The vault is closed to public networks, and this server comes from one.',
    hint: 'Give the vault a private endpoint that this server can reach.',
  },
  ForbiddenByPolicy: { code: 'forbidden', message: 'A policy of the vault does not allow this.' },
  ObjectIsDeletedButRecoverable: {
    code: 'path_taken',
    message: 'A deleted secret of this name is still there.',
    hint: 'Recover it, or purge it, or choose another name.',
  },
  ObjectIsBeingDeleted: {
    code: 'path_taken',
    message: 'A secret of this name is just being deleted.',
    hint: 'Try again in a minute.',
  },
  ObjectIsBeingRecovered: {
    code: 'path_taken',
    message: 'A secret of this name is just being recovered.',
    hint: 'Try again in a minute.',
  },
}

/** For reasons that we do not know, in an answer that is Key Vault's. */
const byStatus: Readonly<Record<number, Meaning | undefined>> = {
  400: { code: 'unreadable_answer', message: 'Azure Key Vault did not understand the request.' },
  403: {
    code: 'forbidden',
    message: 'Azure Key Vault refused: the login may not do this.',
    hint: "Check the login's role or access policy, and the firewall of the vault.",
  },
  409: { code: 'path_taken', message: 'Something else is being done to the secret.' },
}

/** What an error body says is the matter, the more exact word first; nothing when it is not one of Key Vault's. */
function wordsOf({ body }: OutboundAnswer): readonly string[] {
  const error = memberOf(parseJson(body), 'error')
  const words = [memberOf(memberOf(error, 'innererror'), 'code'), memberOf(error, 'code')]
  return words.filter((word) => typeof word === 'string')
}
