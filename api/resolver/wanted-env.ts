import { isUtf8 } from 'node:buffer'
import { MAX_ENV_BYTES } from '../../contract/schemas/value-size.ts'
import { parseTemplate } from '../../contract/template.ts'
import { SecretValue } from '../keyring/secret-value.ts'
import { ResolutionFailed, type Failure } from './resolution-failed.ts'
import type { Caller, Outcome, Resolved, Resolver, Wanted, WantedSecret } from './resolver.ts'

/** A variable that is to be given a value, and what that is made of. */
export interface WantedEnv {
  readonly name: string
  readonly content:
    | { readonly kind: 'plain'; readonly value: string }
    | { readonly kind: 'secret'; readonly secret: WantedSecret }
    | {
        readonly kind: 'template'
        readonly template: string
        readonly secrets: readonly {
          readonly secret: WantedSecret
          /** The places it fills, counted from 0. */
          readonly positions: readonly number[]
        }[]
      }
}

/** How it went with one variable. */
export type EnvOutcome = { readonly name: string } & (
  | {
      readonly kind: WantedEnv['content']['kind']
      readonly value: SecretValue
      /** The secrets it is made of: none of a plain value, one of a secret. */
      readonly parts: readonly Part[]
    }
  | { readonly failures: readonly (Failure & { readonly latencyMs?: number })[] }
)

/** A variable that has its value. */
export type ResolvedEnv = Extract<EnvOutcome, { readonly value: SecretValue }>

/** A secret that went into a variable. */
export interface Part {
  readonly secret: WantedSecret
  readonly version?: string | undefined
  readonly fingerprint: string
  readonly latencyMs: number
}

/** How it goes with each variable, in the order asked for. */
export async function attemptEnvs(
  resolver: Resolver,
  envs: readonly WantedEnv[],
  caller: Caller,
): Promise<EnvOutcome[]> {
  const wanted = envs.map(({ name, content }) =>
    secretsOf(content).map((secret): Wanted => ({ env: name, secret })),
  )
  const outcomes = await resolver.attempt(wanted.flat(), caller)
  let taken = 0
  return envs.map((env, index) => {
    const count = wanted[index]?.length ?? 0
    taken += count
    return assemble(env, outcomes.slice(taken - count, taken))
  })
}

/**
 * The same, all of them or none: rejects with `ResolutionFailed`, which names every failure.
 *
 * @param known - what has failed already; the rest is tried all the same, to say everything at once
 */
export async function resolveEnvs(
  resolver: Resolver,
  envs: readonly WantedEnv[],
  caller: Caller,
  known: readonly Failure[] = [],
): Promise<ResolvedEnv[]> {
  const outcomes = await attemptEnvs(resolver, envs, caller)
  const failures = [
    ...known.map((failure) => ({ ...failure, latencyMs: undefined })),
    ...outcomes.flatMap((outcome) => ('failures' in outcome ? outcome.failures : [])),
  ]
  if (failures.length > 0) {
    throw new ResolutionFailed(failures.map(({ latencyMs: _, ...failure }) => failure))
  }
  return outcomes.filter((outcome) => 'value' in outcome)
}

const secretsOf = (content: WantedEnv['content']): readonly WantedSecret[] =>
  content.kind === 'plain'
    ? []
    : content.kind === 'secret'
      ? [content.secret]
      : content.secrets.map(({ secret }) => secret)

function assemble({ name, content }: WantedEnv, outcomes: readonly Outcome[]): EnvOutcome {
  const failures = outcomes.flatMap((outcome) =>
    'failure' in outcome ? [{ ...outcome.failure, latencyMs: outcome.latencyMs }] : [],
  )
  if (failures.length > 0) return { name, failures }
  const resolved = outcomes.flatMap((outcome) => ('resolved' in outcome ? [outcome] : []))
  const parts = secretsOf(content).flatMap((secret, index): Part[] => {
    const found = resolved[index]
    if (!found) return []
    const { version, fingerprint } = found.resolved
    return [{ secret, version, fingerprint, latencyMs: found.latencyMs }]
  })
  if (content.kind === 'plain') {
    return { name, kind: content.kind, value: SecretValue.fromText(content.value), parts }
  }
  if (content.kind === 'template') {
    return fill(
      name,
      content,
      resolved.map((each) => each.resolved),
      parts,
    )
  }
  const [only] = resolved
  if (!only) throw new Error('The resolver answered fewer values than it was asked for.')
  return { name, kind: content.kind, value: only.resolved.value, parts }
}

type Template = Extract<WantedEnv['content'], { kind: 'template' }>

/** Puts the values into their places. What Linux would cut off or refuse is a failure, not a value. */
function fill(
  name: string,
  { template, secrets }: Template,
  resolved: readonly Resolved[],
  parts: readonly Part[],
): EnvOutcome {
  const places = new Map<number, Buffer>()
  for (const [index, { secret, positions }] of secrets.entries()) {
    const bytes = resolved[index]?.value.reveal() ?? Buffer.alloc(0)
    if (!isUtf8(bytes) || bytes.includes(0)) {
      const detail =
        'The env is a text, and this value is none: it has bytes that are not UTF-8, or NUL.'
      const about = { env: name, secretId: secret.id, secretName: secret.name }
      return { name, failures: [{ ...about, code: 'not_text', detail }] }
    }
    for (const position of positions) places.set(position, bytes)
  }
  let place = 0
  const pieces = parseTemplate(template).map((part) => {
    if (typeof part === 'string') return Buffer.from(part)
    const bytes = places.get(place++)
    if (!bytes) throw new Error('A template with a place that nothing fills.')
    return bytes
  })
  const value = Buffer.concat(pieces)
  const whole = name.length + '='.length + value.length + '\0'.length
  if (whole > MAX_ENV_BYTES) {
    const detail = `The env has ${whole} bytes with its name, and Linux takes at most ${MAX_ENV_BYTES} for one.`
    return { name, failures: [{ env: name, code: 'too_large', detail }] }
  }
  return { name, kind: 'template', value: SecretValue.fromBytes(value), parts }
}
