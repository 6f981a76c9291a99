import type { ResourceIdentityData, ResourceIdentitySchema } from '../gen/tfplugin6.ts'
import { decodeMsgpack } from '../values/msgpack-reader.ts'
import { encodeMsgpack } from '../values/msgpack-writer.ts'
import type { ObjectType } from '../values/type.ts'
import { isObject, isUnknown, type ObjectValue } from '../values/value.ts'
import type { Attribute } from './attributes.ts'
import type { AnyResource } from './provider.ts'
import { attributeType } from './schema.ts'

/** What Terraform 1.12 and newer may name an object by, in an `import` block and in its lists. */
export function identitySchema(resource: AnyResource): ResourceIdentitySchema | undefined {
  const attributes = identityAttributes(resource)
  if (attributes.length === 0) return undefined
  return {
    version: 0,
    identityAttributes: attributes.map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attributeType(attribute))),
      requiredForImport: true,
      optionalForImport: false,
      description: attribute.description,
    })),
  }
}

/** The identity of a state, once all of it is known. */
export function identityOf(
  resource: AnyResource,
  state: ObjectValue | null,
): ResourceIdentityData | undefined {
  const entries = identityAttributes(resource).map(
    ([name]) => [name, state?.[name] ?? null] as const,
  )
  const complete = entries.every(([, value]) => value !== null && !isUnknown(value))
  if (entries.length === 0 || !complete) return undefined
  return identityMessage(resource, Object.fromEntries(entries))
}

/** As much state as an identity tells. */
export function stateOfIdentity(
  resource: AnyResource,
  identity: ResourceIdentityData | undefined,
): ObjectValue | undefined {
  const bytes = identity?.identityData?.msgpack
  if (!bytes?.length) return undefined
  const value = decodeMsgpack(bytes, identityType(resource))
  return isObject(value) ? value : undefined
}

export const identityMessage = (
  resource: AnyResource,
  identity: ObjectValue,
): ResourceIdentityData => ({
  identityData: {
    msgpack: encodeMsgpack(identity, identityType(resource)),
    json: new Uint8Array(),
  },
})

export const identityType = (resource: AnyResource): ObjectType => [
  'object',
  Object.fromEntries(
    identityAttributes(resource).map(([name, attribute]) => [name, attributeType(attribute)]),
  ),
]

const identityAttributes = ({ identity = [], attributes }: AnyResource): [string, Attribute][] =>
  identity.map((name) => [name, (attributes as Record<string, Attribute>)[name] as Attribute])
