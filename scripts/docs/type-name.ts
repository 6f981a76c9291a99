import type { Attribute } from '../../cdktf-provider/plugin/framework/attributes.ts'
import type { Type } from '../../cdktf-provider/plugin/values/type.ts'

/** The type of an attribute in the registry's words, such as `List of String`. */
export const typeName = ({ shape }: Attribute): string =>
  'type' in shape ? nameOf(shape.type) : `Attributes${collections[shape.nesting]}`

const collections = { single: '', list: ' List', set: ' Set', map: ' Map' } as const

function nameOf(type: Type): string {
  if (typeof type === 'string') return scalars[type]
  const [kind, element] = type
  return kind === 'list' || kind === 'set' || kind === 'map'
    ? `${words[kind]} of ${nameOf(element)}`
    : words[kind]
}

const scalars = {
  string: 'String',
  number: 'Number',
  bool: 'Boolean',
  dynamic: 'Dynamic',
} as const

const words = { list: 'List', set: 'Set', map: 'Map', object: 'Object', tuple: 'Tuple' } as const
