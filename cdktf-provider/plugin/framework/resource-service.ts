import type { ResourceIdentityData } from '../gen/tfplugin6.ts'
import { applyChange } from './apply-change.ts'
import { checkConfig } from './check-config.ts'
import { Collector, pathMessage } from './collector.ts'
import { identityOf } from './identity.ts'
import { planChange } from './plan-change.ts'
import { PrivateState } from './private-state.ts'
import type { AnyResource } from './provider.ts'
import { objectType } from './schema.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { settle } from './settle.ts'
import { inTime } from './timeouts.ts'
import { decode, decodeObject, encode } from './wire-values.ts'

type ResourceCalls =
  'validateResourceConfig' | 'readResource' | 'planResourceChange' | 'applyResourceChange'

/** Answers the calls of an object's life. A failure is a diagnostic beside the state that still holds. */
export function resourceService(session: Session): Pick<Service, ResourceCalls> {
  const find = finderOf(session)
  return {
    async validateResourceConfig(request) {
      const resource = find(request.typeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      await diagnostics.attempt(`checking ${type}`, async () => {
        const config = decodeObject(request.config, attributes)
        const writeOnlyAllowed = request.clientCapabilities?.writeOnlyAttributesAllowed ?? false
        checkConfig(attributes, config, diagnostics, { writeOnlyAllowed })
        if (diagnostics.failed) return
        await resource.validate?.({ ...session.call(diagnostics), config })
      })
      return { diagnostics: diagnostics.messages }
    },

    async readResource(request) {
      const resource = find(request.typeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      const privateState = new PrivateState(request.private)
      const read = await diagnostics.attempt(`reading ${type}`, async () => {
        const state = decodeObject(request.currentState, attributes)
        const call = { ...session.call(diagnostics), client: session.client, privateState }
        const found = await inTime('read', resource, state, call.signal, (signal) =>
          resource.read({ ...call, signal, state }),
        )
        const settled = found === null ? null : settle(attributes, found, diagnostics)
        const identity = identityOf(resource, settled) ?? request.currentIdentity
        return diagnostics.failed ? undefined : { state: encode(settled, attributes), identity }
      })
      return {
        newState: read?.state ?? request.currentState,
        newIdentity: read?.identity ?? request.currentIdentity,
        private: read ? privateState.bytes(diagnostics) : request.private,
        diagnostics: diagnostics.messages,
      }
    },

    async planResourceChange(request) {
      const resource = find(request.typeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      const doing = `planning ${type}`
      const prior = await diagnostics.attempt(doing, () => decode(request.priorState, attributes))
      // After the plan to replace an object Terraform asks for the new one, which has no past, with what
      // the first answer remembered of the old.
      const privateState = new PrivateState(prior ? request.priorPrivate : undefined)
      const plan = await diagnostics.attempt(doing, async () => {
        if (prior === undefined) return undefined
        // Destroying plans nothing.
        if (!decode(request.proposedNewState, attributes)) return undefined
        const config = decodeObject(request.config, attributes)
        checkConfig(attributes, config, diagnostics)
        if (diagnostics.failed) return undefined
        const change = { config, prior, privateState, session, diagnostics }
        const { planned, replace } = await planChange(resource, change)
        return {
          state: encode(planned, attributes),
          replace: replace.flatMap((path) => pathMessage(path, objectType(attributes)) ?? []),
          identity: identityOf(resource, planned),
        }
      })
      // An identity lasts as long as its object.
      const remains = prior !== null && !plan?.replace.length
      return {
        plannedState: plan?.state ?? encode(null, attributes),
        requiresReplace: plan?.replace ?? [],
        plannedPrivate: privateState.bytes(diagnostics),
        plannedIdentity: plan?.identity ?? (remains ? request.priorIdentity : undefined),
        diagnostics: diagnostics.messages,
      }
    },

    async applyResourceChange(request) {
      const resource = find(request.typeName)
      const { attributes } = resource
      const diagnostics = new Collector(attributes)
      const privateState = new PrivateState(request.plannedPrivate)
      let newState = request.priorState
      let newIdentity: ResourceIdentityData | undefined
      await diagnostics.attempt(`applying ${resource.type}`, async () => {
        const prior = decode(request.priorState, attributes)
        const planned = decode(request.plannedState, attributes)
        const config = decode(request.config, attributes)
        const change = { prior, planned, config, privateState, session, diagnostics }
        const state = await applyChange(resource, change)
        newState = encode(state, attributes)
        newIdentity = identityOf(resource, state)
      })
      return {
        newState,
        newIdentity,
        private: privateState.bytes(diagnostics),
        diagnostics: diagnostics.messages,
      }
    },
  }
}

/** Finds a resource of the provider by its type. Terraform asks for none that the schema does not have. */
export function finderOf({ provider }: Session): (type: string) => AnyResource {
  const byType = new Map(provider.resources.map((each) => [each.type, each]))
  return (type) => {
    const found = byType.get(type)
    if (!found) throw new Error(`no resource ${type}`)
    return found
  }
}
