import type { DynamicValue } from '../gen/tfplugin6.ts'
import { decodeMsgpack } from '../values/msgpack-reader.ts'
import { encodeMsgpack } from '../values/msgpack-writer.ts'
import { decodeStateJson } from '../values/state-json.ts'
import type { Type } from '../values/type.ts'
import { ValueError, isObject, type ObjectValue, type Value } from '../values/value.ts'
import type { Attributes } from './attributes.ts'
import { objectType } from './schema.ts'

/** Reads what Terraform sent for a schema. Null when there is no object: before create, after delete. */
export function decode(
  value: DynamicValue | undefined,
  attributes: Attributes,
): ObjectValue | null {
  const read = decodeValue(value, objectType(attributes))
  if (read !== null && !isObject(read)) throw new ValueError('expected an object')
  return read
}

/** Reads a value of a type. One without bytes is null: so OpenTofu sends the null argument of a function. */
export function decodeValue(value: DynamicValue | undefined, type: Type): Value {
  if (value?.msgpack.length) return decodeMsgpack(value.msgpack, type)
  return value?.json.length ? decodeStateJson(value.json, type) : null
}

/** Like `decode`, where the protocol promises an object. */
export function decodeObject(value: DynamicValue | undefined, attributes: Attributes): ObjectValue {
  const object = decode(value, attributes)
  if (!object) throw new ValueError('expected an object')
  return object
}

export function encode(value: Value, attributes: Attributes): DynamicValue {
  return { msgpack: encodeMsgpack(value, objectType(attributes)), json: new Uint8Array() }
}
