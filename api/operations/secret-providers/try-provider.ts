import type { Answer } from '../../../contract/schemas/index.ts'
import { BackendFailure, type SecretBackend } from '../../backends/backend.ts'

/** A test is a question of a person who waits: one deadline for all of it. */
const DEADLINE_MS = 10_000

/** Asks a provider who we are there. What goes wrong is the answer, not an error. */
export async function tryProvider(
  open: () => Promise<SecretBackend>,
  signal: AbortSignal,
): Promise<Answer<'TestSecretProvider'>> {
  const began = performance.now()
  try {
    const backend = await open()
    const report = await backend.check({
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    })
    const { displayName, expiresAt, renewable } = report.identity
    return {
      ok: true,
      latencyMs: Math.round(performance.now() - began),
      identity: {
        ...(displayName === undefined ? {} : { displayName }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(renewable === undefined ? {} : { renewable }),
      },
      can: report.can,
    }
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error
    return {
      ok: false,
      code: error.code,
      detail: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    }
  }
}
