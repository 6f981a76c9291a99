import {
  Schema_NestedBlock_NestingMode as BlockNestingMode,
  Schema_Object_NestingMode as NestingMode,
  StringKind,
  type Schema,
  type Schema_Attribute,
  type Schema_Block,
} from '../gen/tfplugin6.ts'
import type { ObjectType, Type } from '../values/type.ts'
import type { Attribute, Attributes } from './attributes.ts'

/** The type of a whole resource, data source or provider configuration. */
export function objectType(attributes: Attributes): ObjectType {
  let type = types.get(attributes)
  if (!type) {
    type = ['object', mapValues(attributes, attributeType)]
    types.set(attributes, type)
  }
  return type
}

// Every call needs the type; a plan of a thousand resources makes some thousands of calls.
const types = new WeakMap<Attributes, ObjectType>()

export function attributeType({ shape }: Attribute): Type {
  if ('type' in shape) return shape.type
  const element = objectType(shape.attributes)
  return shape.nesting === 'single' ? element : [shape.nesting, element]
}

/** The schema as Terraform wants it told. */
export function schemaMessage(definition: {
  readonly version?: number
  readonly description: string
  readonly attributes: Attributes
}): Schema {
  const version = definition.version ?? 0
  return { version, block: blockMessage(definition, version) }
}

function blockMessage(
  { description, attributes }: { readonly description: string; readonly attributes: Attributes },
  version = 0,
): Schema_Block {
  const entries = Object.entries(attributes)
  return {
    version,
    attributes: entries.filter(([, { block }]) => !block).map(attributeMessage),
    blockTypes: entries.flatMap(([typeName, { block, description, shape }]) =>
      block && 'nesting' in shape
        ? {
            typeName,
            block: blockMessage({ description, attributes: shape.attributes }),
            nesting: BlockNestingMode.SINGLE,
          }
        : [],
    ),
    description,
    descriptionKind: StringKind.MARKDOWN,
  }
}

function attributeMessage([name, attribute]: [string, Attribute]): Schema_Attribute {
  const { shape, presence } = attribute
  return {
    name,
    type: 'type' in shape ? Buffer.from(JSON.stringify(shape.type)) : new Uint8Array(),
    nestedType:
      'type' in shape
        ? undefined
        : {
            nesting: nestingModes[shape.nesting],
            attributes: Object.entries(shape.attributes).map(attributeMessage),
          },
    description: attribute.description,
    required: presence === 'required',
    optional: presence === 'optional' || presence === 'orComputed' || presence === 'default',
    computed: isProviderGiven(attribute),
    sensitive: attribute.sensitive,
    descriptionKind: StringKind.MARKDOWN,
    writeOnly: attribute.writeOnly,
  }
}

const nestingModes = {
  single: NestingMode.SINGLE,
  list: NestingMode.LIST,
  set: NestingMode.SET,
  map: NestingMode.MAP,
} as const

/** Whether the provider gives the value when the configuration does not. */
export const isProviderGiven = ({ presence }: Attribute): boolean =>
  presence === 'computed' || presence === 'orComputed' || presence === 'default'

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
