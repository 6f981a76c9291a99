import { isUtf8 } from 'node:buffer'
import { BackendFailure } from '../backend.ts'
import { readJson } from '../json-members.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import { retryAfterSeconds } from '../outbound/retry.ts'

/** The members of an object in an answer, each as the JSON text it came as. */
export type Members = ReadonlyMap<string, string>

/** What Vault says of itself in an answer. */
export interface VaultAnswer {
  readonly status: number
  /** None in an answer of 204. */
  readonly members: Members
}

/** Of a read: 200 and 404 both may carry data. */
export interface ReadAnswer {
  readonly found: boolean
  readonly members: Members
}

/**
 * Reads an answer of 200 or 404; throws what any other means. A 404 is Vault's word that nothing is
 * there only when it is Vault's: a proxy or another server would not answer in its form.
 */
export function readAnswer(answer: OutboundAnswer): ReadAnswer {
  const { status, members } = understand(answer, { refusals: [404] })
  if (status === 204 || (status === 404 && !members.has('errors') && !members.has('data'))) {
    throw notUnderstood(answer)
  }
  return { found: status === 200, members }
}

/** Reads an answer of 200, 204 or one of the refusals that the caller knows; throws what any other means. */
export function understand(
  answer: OutboundAnswer,
  { refusals }: { readonly refusals: readonly number[] },
): VaultAnswer {
  const { status } = answer
  if (status === 429) {
    throw new BackendFailure('throttled', 'Vault is asked too often: its rate limit is reached.', {
      retryAfterSeconds: retryAfterSeconds(answer),
    })
  }
  if (status === 472 || status === 473) {
    throw new BackendFailure(
      'unreachable',
      'This Vault node is a standby and does not answer reads.',
      {
        hint: 'Give the address of the active node, or of a load balancer that finds it.',
      },
    )
  }
  if (status >= 500) throw serverFailure(answer)
  const members = status === 204 ? noMembers : objectMembers(text(answer))
  if (!members) {
    throw new BackendFailure('unreadable_answer', `The answer (${status}) is not one of Vault's.`, {
      hint: 'Check that the address is that of Vault itself, not of a page or proxy before it.',
    })
  }
  if (status === 200 || status === 204 || refusals.includes(status)) return { status, members }
  if (status === 401 || status === 403) {
    throw new BackendFailure('forbidden', 'Vault refused: permission denied.', {
      hint: "The token's policy must allow this path, and the token must be right and not expired.",
    })
  }
  throw notUnderstood(answer)
}

/** Whether Vault says that it is sealed, which takes people to undo. */
export function isSealed(answer: OutboundAnswer): boolean {
  return answer.status === 503 && /sealed/i.test(objectMembers(text(answer))?.get('errors') ?? '')
}

/** The object that a member holds; `undefined` when it is absent or something else. */
export function objectMember(members: Members | undefined, name: string): Members | undefined {
  return objectMembers(members?.get(name))
}

/** The text that a member holds; `undefined` when it is absent or something else. */
export function textMember(members: Members | undefined, name: string): string | undefined {
  const json = readJson(members?.get(name) ?? 'null')
  return json?.kind === 'string' ? json.value : undefined
}

/** The texts in the array that a member holds; none when it is absent or something else. */
export function textsMember(members: Members | undefined, name: string): readonly string[] {
  const json = readJson(members?.get(name) ?? 'null')
  if (json?.kind !== 'array') return []
  return json.elements.flatMap((element) => {
    const item = readJson(element)
    return item?.kind === 'string' ? [item.value] : []
  })
}

function objectMembers(source: string | undefined): Members | undefined {
  const json = source === undefined ? null : readJson(source)
  return json?.kind === 'object' ? json.members : undefined
}

const noMembers: Members = new Map()

const notUnderstood = ({ status }: OutboundAnswer): BackendFailure =>
  new BackendFailure('unreadable_answer', `Vault did not understand the request (${status}).`)

const text = ({ body }: OutboundAnswer): string | undefined =>
  isUtf8(body) ? body.toString('utf8') : undefined

function serverFailure(answer: OutboundAnswer): BackendFailure {
  if (isSealed(answer)) {
    return new BackendFailure('sealed', 'Vault is sealed.', {
      hint: 'Somebody who holds its unseal keys has to unseal it.',
    })
  }
  return new BackendFailure('unreachable', `Vault is not able to answer now (${answer.status}).`, {
    retryAfterSeconds: retryAfterSeconds(answer),
    cause: { status: answer.status },
  })
}
