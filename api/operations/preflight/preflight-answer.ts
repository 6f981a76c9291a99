import type { Answer } from '../../../contract/schemas/index.ts'
import type { EnvOutcome, Failed, Part } from '../../resolver/resolve-envs.ts'
import { describeSecret } from '../../resolver/resolver.ts'
import type { Failure } from '../../resolver/resolution-failed.ts'

type Preflight = Answer<'PreflightWorkload'>
type Item = Preflight['items'][number]

/**
 * What a resolution would come to, without a value and without a fingerprint of one.
 *
 * @param known - failures that were known before any store was asked; they come last
 */
export function toAnswer(
  outcomes: readonly EnvOutcome[],
  known: readonly Failure[] = [],
): Preflight {
  const items = [...outcomes.flatMap(itemsOf), ...known.map((failure) => toItem({ failure }))]
  return { ok: items.every(({ ok }) => ok), items }
}

function itemsOf(outcome: EnvOutcome): Item[] {
  if ('failed' in outcome) return outcome.failed.map(toItem)
  const { name: env, kind, parts } = outcome
  const [only] = kind === 'secret' ? parts : []
  return [
    {
      env,
      ok: true,
      ...(only ? describeSecret(only.secret) : {}),
      ...(only?.version === undefined ? {} : { version: only.version }),
      ...(kind === 'template' ? { secrets: parts.map(toPart) } : {}),
      ...latency(
        parts.length > 0 ? Math.max(...parts.map(({ latencyMs }) => latencyMs)) : undefined,
      ),
    },
  ]
}

/** A secret of a template, as what would be given. */
const toPart = ({ secret, version }: Part) => ({
  ...describeSecret(secret),
  ...(version === undefined ? {} : { version }),
})

/** What is for the log, and for who waits, is left out. */
function toItem({ failure, latencyMs }: Failed): Item {
  const { cause: _, retryAfterSeconds: __, ...shown } = failure
  return { ...shown, ok: false, ...latency(latencyMs) }
}

const latency = (ms: number | undefined) => (ms === undefined ? {} : { latencyMs: Math.round(ms) })

/** What the audit log says of a preflight: nothing was given out. */
export const detailOf = ({ ok, items }: Preflight) => ({
  ok,
  failures: items.flatMap(({ env, secretId, code }) =>
    code === undefined ? [] : [{ env, secretId, code }],
  ),
})
