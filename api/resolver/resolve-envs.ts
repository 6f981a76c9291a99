import { isUtf8 } from 'node:buffer'
import { MAX_ENV_BYTES } from '../../contract/schemas/value-size.ts'
import { SecretValue } from '../keyring/secret-value.ts'
import { fillTemplate, type WantedTemplate } from './fill-template.ts'
import { ResolutionFailed, type Failure } from './resolution-failed.ts'
import { describeSecret } from './resolver.ts'
import type { Caller, Outcome, Resolver, Wanted, WantedSecret } from './resolver.ts'

/** A variable that is to be given a value, and what that is made of. */
export interface WantedEnv {
  readonly name: string
  readonly content:
    | { readonly kind: 'plain'; readonly value: string }
    | { readonly kind: 'secret'; readonly secret: WantedSecret }
    | WantedTemplate
}

/** How it went with one variable. */
export type EnvOutcome = ResolvedEnv | { readonly name: string; readonly failed: readonly Failed[] }

/** A variable that has its value. */
export interface ResolvedEnv {
  readonly name: string
  readonly kind: WantedEnv['content']['kind']
  readonly value: SecretValue
  /** How it must travel; by what its bytes are when undefined. */
  readonly encoding?: 'base64' | undefined
  /** The secrets it is made of: none of a plain value, one of a secret. */
  readonly parts: readonly Part[]
}

/** A secret that went into a variable. */
export interface Part {
  readonly secret: WantedSecret
  readonly value: SecretValue
  readonly version?: string | undefined
  readonly fingerprint: string
  readonly latencyMs: number
}

/** Why a variable has no value; without a latency where no store was slow or quick about it. */
export interface Failed {
  readonly failure: Failure
  readonly latencyMs?: number
}

/** What the variables are for. */
export interface Purpose {
  /** They go into the environment of a process, which cannot hold NUL. */
  readonly forProcess: boolean
}

/**
 * The values of all the variables in the order asked for, or none: rejects with `ResolutionFailed`,
 * which names every failure.
 *
 * @param known - what has failed already; the rest is tried all the same, to say everything at once
 */
export async function resolveEnvs(
  resolver: Resolver,
  envs: readonly WantedEnv[],
  caller: Caller,
  { known = [], ...purpose }: Purpose & { readonly known?: readonly Failure[] },
): Promise<ResolvedEnv[]> {
  const outcomes = await attemptEnvs(resolver, envs, caller, purpose)
  const failed = outcomes.flatMap((outcome) => ('failed' in outcome ? outcome.failed : []))
  const failures = [...known, ...failed.map(({ failure }) => failure)]
  if (failures.length > 0) throw new ResolutionFailed(failures)
  return outcomes.filter((outcome) => 'value' in outcome)
}

/** How it goes with each variable, in the order asked for. */
export async function attemptEnvs(
  resolver: Resolver,
  envs: readonly WantedEnv[],
  caller: Caller,
  purpose: Purpose,
): Promise<EnvOutcome[]> {
  const wanted = envs.map(({ name, content }) =>
    secretsOf(content).map((secret): Wanted => ({ env: name, secret })),
  )
  const outcomes = await resolver.attempt(wanted.flat(), caller)
  let taken = 0
  return envs.map((env, index) => {
    const count = wanted[index]?.length ?? 0
    taken += count
    return assemble(env, outcomes.slice(taken - count, taken), purpose)
  })
}

const secretsOf = (content: WantedEnv['content']): readonly WantedSecret[] =>
  content.kind === 'plain'
    ? []
    : content.kind === 'secret'
      ? [content.secret]
      : content.secrets.map(({ secret }) => secret)

function assemble(
  { name, content }: WantedEnv,
  outcomes: readonly Outcome[],
  { forProcess }: Purpose,
): EnvOutcome {
  const failed = outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome] : []))
  if (failed.length > 0) return { name, failed }
  const parts = secretsOf(content).map((secret, index): Part => {
    const outcome = outcomes[index]
    if (!outcome || 'failure' in outcome) throw new Error('The resolver answered too few values.')
    const { latencyMs, resolved } = outcome
    return { secret, ...resolved, latencyMs }
  })
  if (content.kind === 'plain') {
    return { name, kind: content.kind, value: SecretValue.fromText(content.value), parts }
  }
  const withNul = parts.filter(
    (part) =>
      hasNul(part.value) && (content.kind === 'template' || (forProcess && !isBinary(part))),
  )
  if (withNul.length > 0) return { name, failed: withNul.map((part) => notText(name, part)) }
  if (content.kind === 'template') {
    const value = fillTemplate(
      content,
      parts.map((part) => part.value),
    )
    const failed = tooLong(name, value)
    return failed ? { name, failed: [failed] } : { name, kind: content.kind, value, parts }
  }
  const [only] = parts
  if (!only) throw new Error('An env of a secret without the secret.')
  const encoding = hasNul(only.value) && isBinary(only) ? 'base64' : undefined
  return { name, kind: content.kind, value: only.value, encoding, parts }
}

/** What Linux would refuse is a failure, and not a value. */
function tooLong(env: string, value: SecretValue): Failed | undefined {
  const whole = env.length + '='.length + value.length + '\0'.length
  if (whole <= MAX_ENV_BYTES) return undefined
  const detail = `The env has ${whole} bytes with its name and the NUL at its end, and Linux takes at most ${MAX_ENV_BYTES} for one.`
  return { failure: { env, code: 'too_large', detail } }
}

const hasNul = (value: SecretValue): boolean => value.reveal().includes(0)

/** It travels in base64, so nobody takes it for the text of a variable. */
const isBinary = ({ secret: { place }, value }: Part): boolean =>
  ('writtenAsBytes' in place && place.writtenAsBytes) || !isUtf8(value.reveal())

/** The kernel ends a variable at its first NUL, so a process would get the beginning of the value. */
const notText = (env: string, { secret, latencyMs }: Part): Failed => ({
  failure: {
    env,
    ...describeSecret(secret),
    code: 'not_text',
    detail:
      'The value has a NUL byte, and an environment variable ends at the first one. Keep it as bytes, given with `"encoding": "base64"`, or give it to a consumer that is an image_pull_secret or an llm_provider; in a template, keep it in base64 as the text.',
  },
  latencyMs,
})
