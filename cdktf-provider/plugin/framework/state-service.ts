import type { RawState } from '../gen/tfplugin6.ts'
import { decodeStateJson, parseExactly } from '../values/state-json.ts'
import { Collector } from './collector.ts'
import { TerraformError } from './diagnostics.ts'
import {
  identityMessage,
  identityOf,
  identitySchema,
  identityType,
  stateOfIdentity,
} from './identity.ts'
import { finderOf } from './resource-service.ts'
import { objectType } from './schema.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { settlePartial } from './settle.ts'
import { encode } from './wire-values.ts'
import type { ObjectValue } from '../values/value.ts'

type StateCalls =
  | 'upgradeResourceState'
  | 'importResourceState'
  | 'moveResourceState'
  | 'getResourceIdentitySchemas'
  | 'upgradeResourceIdentity'

/** Answers the calls by which an object comes into the state otherwise than by being made. */
export function stateService(session: Session): Pick<Service, StateCalls> {
  const find = finderOf(session)
  return {
    async upgradeResourceState(request) {
      const resource = find(request.typeName)
      const { attributes, type, version = 0 } = resource
      const diagnostics = new Collector(attributes)
      const upgradedState = await diagnostics.attempt(`reading the state of ${type}`, async () => {
        const json = request.rawState?.json ?? new Uint8Array()
        if (request.version === version) {
          return encode(decodeStateJson(json, objectType(attributes)), attributes)
        }
        if (request.version > version || !resource.upgrade) {
          throw otherVersion(type, request.version, version)
        }
        const foreign = { version: request.version, state: readJson(request.rawState) }
        const partial = await resource.upgrade({ ...session.call(diagnostics), ...foreign })
        return encode(settlePartial(attributes, partial, diagnostics), attributes)
      })
      return { upgradedState, diagnostics: diagnostics.messages }
    },

    async importResourceState(request) {
      const resource = find(request.typeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      const imported = await diagnostics.attempt(`importing ${type}`, async () => {
        if (!resource.import) throw notImportable(type)
        const call = { ...session.call(diagnostics), client: session.client }
        const partial =
          stateOfIdentity(resource, request.identity) ??
          (await resource.import({ ...call, id: request.id }))
        const state = settlePartial(attributes, partial, diagnostics)
        return {
          typeName: type,
          state: encode(state, attributes),
          private: new Uint8Array(),
          identity: identityOf(resource, state),
        }
      })
      return {
        importedResources: imported ? [imported] : [],
        diagnostics: diagnostics.messages,
      }
    },

    async moveResourceState(request) {
      const resource = find(request.targetTypeName)
      const { attributes, type } = resource
      const diagnostics = new Collector(attributes)
      const moved = await diagnostics.attempt(`moving to ${type}`, async () => {
        const source = {
          provider: request.sourceProviderAddress,
          type: request.sourceTypeName,
          version: request.sourceSchemaVersion,
          state: readJson(request.sourceState),
        }
        const partial = await resource.move?.({ ...session.call(diagnostics), ...source })
        if (!partial) throw notMovable(source, type)
        const state = settlePartial(attributes, partial, diagnostics)
        return { state: encode(state, attributes), identity: identityOf(resource, state) }
      })
      return {
        targetState: moved?.state,
        targetPrivate: new Uint8Array(),
        targetIdentity: moved?.identity,
        diagnostics: diagnostics.messages,
      }
    },

    async getResourceIdentitySchemas() {
      const entries = session.provider.resources.flatMap((resource) => {
        const schema = identitySchema(resource)
        return schema ? [[resource.type, schema] as const] : []
      })
      return { identitySchemas: Object.fromEntries(entries), diagnostics: [] }
    },

    async upgradeResourceIdentity(request) {
      const resource = find(request.typeName)
      const diagnostics = new Collector(resource.attributes)
      const upgradedIdentity = await diagnostics.attempt('reading an identity', () => {
        const json = request.rawIdentity?.json ?? new Uint8Array()
        return identityMessage(
          resource,
          decodeStateJson(json, identityType(resource)) as ObjectValue,
        )
      })
      return { upgradedIdentity, diagnostics: diagnostics.messages }
    },
  }
}

/** State whose schema is another: all of it, as it stands in the file. */
function readJson(raw: RawState | undefined): Readonly<Record<string, unknown>> {
  const text = new TextDecoder().decode(raw?.json)
  const parsed = text === '' ? null : parseExactly(text)
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}

const notImportable = (type: string) =>
  new TerraformError({
    summary: `${type} cannot be imported.`,
    detail: 'Declare the resource and let Terraform create it.',
  })

const notMovable = (
  source: { readonly provider: string; readonly type: string },
  type: string,
): TerraformError =>
  new TerraformError({
    summary: `A ${source.type} of ${source.provider} cannot become a ${type}.`,
    detail:
      'Take the `moved` block away. Import the object instead, and forget the other with a `removed` block.',
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
