import { encodeMsgpack } from '../values/msgpack-writer.ts'
import type { ObjectValue } from '../values/value.ts'
import type { Collector } from './collector.ts'
import { isOutcomeUnknown } from './diagnostics.ts'
import type { PrivateState } from './private-state.ts'
import type { AnyResource } from './provider.ts'
import { objectType } from './schema.ts'
import type { Session } from './session.ts'
import { knownPart, settle } from './settle.ts'
import { inTime } from './timeouts.ts'

export interface ApplyRequest {
  readonly prior: ObjectValue | null
  readonly planned: ObjectValue | null
  /** Null for a destroy. */
  readonly config: ObjectValue | null
  readonly privateState: PrivateState
  readonly session: Session
  readonly diagnostics: Collector
}

/** Creates, updates or deletes, and resolves to the state that holds now, also after an error. */
export async function applyChange(
  resource: AnyResource,
  request: ApplyRequest,
): Promise<ObjectValue | null> {
  const { prior, planned, config, privateState, session, diagnostics } = request
  const call = { ...session.call(diagnostics), client: session.client, privateState }
  if (prior === null) return create(resource, request)
  if (planned === null || config === null) {
    const deleted = await diagnostics.attempt(`deleting ${resource.type}`, async () => {
      await inTime('delete', resource, prior, call.signal, (signal) =>
        resource.delete({ ...call, signal, prior }),
      )
      return true
    })
    return deleted ? null : prior
  }
  const updated = await diagnostics.attempt(`updating ${resource.type}`, async () => {
    const result = await inTime('update', resource, planned, call.signal, (signal) =>
      resource.update({ ...call, signal, prior, planned, config }),
    )
    return storable(resource, result, prior, diagnostics)
  })
  return updated ?? prior
}

/**
 * Terraform stores what a failed create returns as tainted and replaces it after the next refresh, which
 * removes it when `read` finds nothing. So nothing is returned unless the object does or may exist.
 */
async function create(
  resource: AnyResource,
  { planned, config, privateState, session, diagnostics }: ApplyRequest,
): Promise<ObjectValue | null> {
  if (planned === null || config === null) return null
  const { attributes, type } = resource
  const id = resource.newId?.() ?? null
  const known = { ...knownPart(attributes, planned), ...(id === null ? {} : { id }) }
  const call = { ...session.call(diagnostics), client: session.client, privateState }
  let result: unknown
  try {
    result = await inTime('create', resource, planned, call.signal, (signal) =>
      resource.create({ ...call, signal, planned, config, id }),
    )
  } catch (error) {
    diagnostics.caught(error, `creating ${type}`)
    return id !== null && isOutcomeUnknown(error) ? known : null
  }
  const state = await diagnostics.attempt(`storing ${type}`, () =>
    storable(resource, result, known, diagnostics),
  )
  if (state) return state
  // It exists, but the handler told it badly: keep what it is known by.
  const given = (result as { readonly id?: unknown } | null)?.id
  return typeof given === 'string' && 'id' in attributes ? { ...known, id: given } : known
}

/**
 * Settles a handler's result and makes sure that it can be written, while there is still a fallback. An
 * `id` that the handler forgot is the `known` one: without it the object could not be found again.
 */
function storable(
  { attributes }: AnyResource,
  result: unknown,
  known: ObjectValue,
  diagnostics: Collector,
): ObjectValue {
  const settled = settle(attributes, result, diagnostics)
  const state = settled['id'] === null ? { ...settled, id: known['id'] ?? null } : settled
  encodeMsgpack(state, objectType(attributes))
  return state
}
