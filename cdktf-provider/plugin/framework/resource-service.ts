import { decodeStateJson } from '../values/state-json.ts'
import { applyChange } from './apply-change.ts'
import { checkConfig } from './check-config.ts'
import { Collector, pathMessage } from './collector.ts'
import { TerraformError } from './diagnostics.ts'
import { planChange } from './plan-change.ts'
import type { AnyResource } from './provider.ts'
import { objectType } from './schema.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { settle, settlePartial } from './settle.ts'
import { decode, decodeObject, encode } from './wire-values.ts'

type ResourceCalls =
  | 'validateResourceConfig'
  | 'upgradeResourceState'
  | 'readResource'
  | 'planResourceChange'
  | 'applyResourceChange'
  | 'importResourceState'

/** Answers the calls that concern resources. A failure is a diagnostic beside the state that still holds. */
export function resourceService(session: Session): Pick<Service, ResourceCalls> {
  const byType = new Map(session.provider.resources.map((each) => [each.type, each]))
  const find = (type: string): AnyResource => {
    const found = byType.get(type)
    if (!found) throw new Error(`no resource ${type}`)
    return found
  }
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

    async upgradeResourceState(request) {
      const { attributes, type, version = 0 } = find(request.typeName)
      const diagnostics = new Collector(attributes)
      const upgradedState = await diagnostics.attempt(`reading the state of ${type}`, () => {
        if (request.version !== version) throw otherVersion(type, request.version, version)
        const json = request.rawState?.json ?? new Uint8Array()
        return encode(decodeStateJson(json, objectType(attributes)), attributes)
      })
      return { upgradedState, diagnostics: diagnostics.messages }
    },

    async readResource(request) {
      const resource = find(request.typeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      const newState = await diagnostics.attempt(`reading ${type}`, async () => {
        const state = decodeObject(request.currentState, attributes)
        const call = { ...session.call(diagnostics), client: session.client }
        const found = await resource.read({ ...call, state })
        const settled = found && settle(attributes, found, diagnostics)
        return diagnostics.failed ? undefined : encode(settled, attributes)
      })
      return {
        newState: newState ?? request.currentState,
        private: request.private,
        diagnostics: diagnostics.messages,
      }
    },

    async planResourceChange(request) {
      const resource = find(request.typeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      const plan = await diagnostics.attempt(`planning ${type}`, async () => {
        // Destroying plans nothing.
        if (!decode(request.proposedNewState, attributes)) return null
        const config = decodeObject(request.config, attributes)
        const prior = decode(request.priorState, attributes)
        checkConfig(attributes, config, diagnostics)
        if (diagnostics.failed) return null
        return planChange(resource, { config, prior, session, diagnostics })
      })
      return {
        plannedState: encode(plan?.planned ?? null, attributes),
        requiresReplace: (plan?.replace ?? []).flatMap(
          (path) => pathMessage(path, objectType(attributes)) ?? [],
        ),
        plannedPrivate: request.priorPrivate,
        diagnostics: diagnostics.messages,
      }
    },

    async applyResourceChange(request) {
      const resource = find(request.typeName)
      const { attributes } = resource
      const diagnostics = new Collector(attributes)
      let newState = request.priorState
      await diagnostics.attempt(`applying ${resource.type}`, async () => {
        const prior = decode(request.priorState, attributes)
        const planned = decode(request.plannedState, attributes)
        const config = decode(request.config, attributes)
        const state = await applyChange(resource, { prior, planned, config, session, diagnostics })
        newState = encode(state, attributes)
      })
      return { newState, private: request.plannedPrivate, diagnostics: diagnostics.messages }
    },

    async importResourceState(request) {
      const resource = find(request.typeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      const state = await diagnostics.attempt(`importing ${type}`, async () => {
        if (!resource.import) throw notImportable(type)
        const call = { ...session.call(diagnostics), client: session.client }
        const partial = await resource.import({ ...call, id: request.id })
        return encode(settlePartial(attributes, partial, diagnostics), attributes)
      })
      const imported = state ? [{ typeName: type, state, private: new Uint8Array() }] : []
      return { importedResources: imported, diagnostics: diagnostics.messages }
    },
  }
}

const notImportable = (type: string) =>
  new TerraformError({
    summary: `${type} cannot be imported.`,
    detail: 'Declare the resource and let Terraform create it.',
  })

const otherVersion = (type: string, found: number, known: number) =>
  new TerraformError(
    found > known
      ? {
          summary: `The state of ${type} was written by a newer version of this provider.`,
          detail: `It has schema version ${found}; this provider knows ${known}. Use the newer one.`,
        }
      : {
          summary: `The state of ${type} was written by an older version of this provider.`,
          detail: `It has schema version ${found}, which this provider can no longer read (${known}).`,
        },
  )
