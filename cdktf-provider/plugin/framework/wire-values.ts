import type { DynamicValue } from '../gen/tfplugin6.ts'
import { decodeMsgpack } from '../values/msgpack-reader.ts'
import { encodeMsgpack } from '../values/msgpack-writer.ts'
import { decodeStateJson } from '../values/state-json.ts'
import { ValueError, isObject, type ObjectValue, type Value } from '../values/value.ts'
import type { Attributes } from './attributes.ts'
import { objectType } from './schema.ts'

/** Reads what Terraform sent for a schema. Null when there is no object: before create, after delete. */
export function decode(
  value: DynamicValue | undefined,
  attributes: Attributes,
): ObjectValue | null {
  const type = objectType(attributes)
  const read = value?.msgpack.length
    ? decodeMsgpack(value.msgpack, type)
    : value?.json.length
      ? decodeStateJson(value.json, type)
      : null
  if (read !== null && !isObject(read)) throw new ValueError('expected an object')
  return read
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
