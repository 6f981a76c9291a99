import { numberFromText } from './number.ts'
import { parseType, type Type } from './type.ts'
import { Dynamic, ValueError, type Value } from './value.ts'

/**
 * Reads a value from the JSON of a state file. Attributes the type does not have are dropped and those
 * the JSON does not have are null, so that a state written by a neighbouring version still reads.
 */
export function decodeStateJson(json: Uint8Array, type: Type): Value {
  let parsed: unknown
  try {
    parsed = parseExactly(new TextDecoder('utf-8', { fatal: true }).decode(json))
  } catch {
    throw new ValueError('the state is not JSON')
  }
  return read(parsed, type, [])
}

/**
 * `JSON.parse` that rounds nothing: it turns 9007199254740993 into ...992 and 1e400 into Infinity, so
 * numbers that could suffer are put in quotes first. Readers take digits for a number where they expect one.
 */
export function parseExactly(text: string): unknown {
  let quoted = ''
  let copied = 0
  const number = /-?\d[\d.eE+-]*/y
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 0x22) {
      while (++at < text.length && text.charCodeAt(at) !== 0x22) {
        if (text.charCodeAt(at) === 0x5c) at++
      }
    } else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) {
      number.lastIndex = at
      const token = number.exec(text)?.[0] ?? '-'
      if (!/^-?\d{1,15}$/.test(token)) {
        quoted += `${text.slice(copied, at)}"${token}"`
        copied = at + token.length
      }
      at += token.length - 1
    }
  }
  return JSON.parse(quoted + text.slice(copied))
}

function read(json: unknown, type: Type, path: readonly (string | number)[]): Value {
  if (json === null || json === undefined) return null
  const misfit = (wanted: string): never => {
    throw new ValueError(`expected ${wanted}`, path)
  }
  switch (type) {
    case 'string':
      return typeof json === 'string' ? json : misfit('a string')
    case 'bool':
      return typeof json === 'boolean' ? json : misfit('a bool')
    case 'number':
      if (typeof json !== 'number' && typeof json !== 'string') return misfit('a number')
      return numberFromText(String(json))
    case 'dynamic': {
      if (!isRecord(json) || !('type' in json)) return misfit('a dynamic value')
      const inner = parseType(JSON.stringify(json['type']))
      return new Dynamic(inner, read(json['value'], inner, path))
    }
  }
  if (type[0] === 'list' || type[0] === 'set' || type[0] === 'tuple') {
    if (!Array.isArray(json)) return misfit('an array')
    const types = type[0] === 'tuple' ? type[1] : null
    if (types && types.length !== json.length) return misfit(`${types.length} elements`)
    return json.map((element, index) =>
      read(element, (types ? types[index] : type[1]) as Type, [...path, index]),
    )
  }
  if (type[0] === 'map') {
    if (!isRecord(json)) return misfit('a map')
    const element = type[1]
    return record(Object.keys(json), (key) => read(json[key], element, [...path, key]))
  }
  if (!isRecord(json)) return misfit('an object')
  const types = type[1]
  return record(Object.keys(types), (name) =>
    read(Object.hasOwn(json, name) ? json[name] : null, types[name] as Type, [...path, name]),
  )
}

function record(keys: readonly string[], value: (key: string) => Value): Value {
  const result = Object.create(null) as Record<string, Value>
  for (const key of keys) result[key] = value(key)
  return result
}

const isRecord = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
