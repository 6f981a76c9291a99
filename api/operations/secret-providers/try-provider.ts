import type { Answer } from '../../../contract/schemas/index.ts'
import type { CheckReport } from '../../backends/backend.ts'
import type { Backends, ProviderSettings } from '../../backends/registry.ts'
import { within } from '../../deadline.ts'
import { asBackendFailure } from '../../resolver/as-backend-failure.ts'

/**
 * Asks a provider who we are there, over a connection of its own: an open circuit breaker must not
 * answer for a store that may be back. What goes wrong is the answer, not an error.
 */
export async function tryProvider(
  backends: Backends,
  settings: () => Promise<ProviderSettings>,
  signal: AbortSignal,
): Promise<Answer<'TestSecretProvider'>> {
  const began = performance.now()
  try {
    const { identity, can } = await checkOnce(backends, await settings(), signal)
    const { displayName, expiresAt, renewable } = identity
    return {
      ok: true,
      latencyMs: Math.round(performance.now() - began),
      identity: {
        ...(displayName === undefined ? {} : { displayName }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(renewable === undefined ? {} : { renewable }),
      },
      can,
    }
  } catch (error) {
    const { code, message: detail, hint } = asBackendFailure(error)
    return { ok: false, code, detail, ...(hint === undefined ? {} : { hint }) }
  }
}

async function checkOnce(
  backends: Backends,
  settings: ProviderSettings,
  signal: AbortSignal,
): Promise<CheckReport> {
  const backend = await backends.openOnce(settings)
  try {
    return await within(WAITING_MS, (inTime) => backend.check({ signal: inTime }), signal)
  } finally {
    await backend.close()
  }
}

/** For the questions of a person who waits: one deadline for all of it. */
export const WAITING_MS = 10_000
