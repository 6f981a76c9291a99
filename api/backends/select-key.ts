import { isUtf8 } from 'node:buffer'
import { SecretValue } from '../keyring/secret-value.ts'
import { BackendFailure, type StoredSecret } from './backend.ts'
import { type Json, readJson } from './json-members.ts'

/**
 * What a reference with this key stands for. Without a key: the exact bytes, or for a store of
 * objects the only key's value, else the whole object's JSON text. With one: the member of that
 * name, else, when it begins with `/`, what it points to as a JSON Pointer (RFC 6901). Text gives
 * its characters, anything else its JSON text exactly as stored.
 *
 * Throws `key_missing` or `unreadable_answer`, in words that hold nothing of the value.
 */
export function selectKey(stored: StoredSecret, key: string | undefined): SecretValue {
  if (key === undefined && stored.shape === 'bytes') return stored.value
  const json = parse(stored)
  if (key !== undefined) return valueOf(find(json, key))

  if (json.kind !== 'object') throw unreadable('The stored value is not a JSON object.')
  const [only, second] = json.members.values()
  if (only === undefined) throw missing('The secret holds no keys.', json)
  return second === undefined ? valueOf(only) : stored.value
}

function parse(stored: StoredSecret): Json {
  const bytes = stored.value.reveal()
  const json = isUtf8(bytes) ? readJson(bytes.toString('utf8')) : null
  if (!json) throw unreadable('The stored value is not JSON, so it has no keys. Leave the key out.')
  return json
}

/** The JSON text that a key leads to. */
function find(json: Json, key: string): string {
  const literal = json.kind === 'object' ? json.members.get(key) : undefined
  if (literal !== undefined) return literal
  if (key.startsWith('/')) return follow(json, key)
  if (json.kind === 'object') throw missing(`The secret has no key ${quote(key)}.`, json)
  throw missing('The stored value is JSON, but not an object, so it has no keys.', json)
}

function follow(json: Json, pointer: string): string {
  let place = json
  let found: string | undefined
  for (const token of pointer.slice(1).split('/')) {
    if (found !== undefined) place = readJson(found) ?? place
    found = child(place, token)
    if (found === undefined) {
      throw missing(`The pointer ${quote(pointer)} leads nowhere in this secret.`, place)
    }
  }
  return found ?? ''
}

function child(json: Json, token: string): string | undefined {
  if (/~(?![01])/.test(token)) return undefined
  if (json.kind === 'object') {
    return json.members.get(token.replaceAll('~1', '/').replaceAll('~0', '~'))
  }
  return json.kind === 'array' && /^(0|[1-9]\d*)$/.test(token)
    ? json.elements[Number(token)]
    : undefined
}

function valueOf(source: string): SecretValue {
  const json = readJson(source)
  if (json?.kind === 'null')
    throw new BackendFailure('key_missing', 'The key is there, but holds null.')
  if (json?.kind !== 'string') return SecretValue.fromText(source)
  if (/\p{Surrogate}/u.test(json.value)) {
    throw unreadable('The text holds half of a character, which cannot be written in UTF-8.')
  }
  return SecretValue.fromText(json.value)
}

const maxKeysShown = 50
const maxKeyLength = 200

function missing(message: string, json: Json): BackendFailure {
  const keys = json.kind === 'object' ? [...json.members.keys()] : []
  const availableKeys = keys.slice(0, maxKeysShown).map(shorten)
  return new BackendFailure('key_missing', message, { availableKeys })
}

const unreadable = (message: string): BackendFailure =>
  new BackendFailure('unreadable_answer', message)

const quote = (text: string): string => JSON.stringify(shorten(text))

const shorten = (text: string): string =>
  text.length > maxKeyLength ? `${text.slice(0, maxKeyLength)}…` : text
