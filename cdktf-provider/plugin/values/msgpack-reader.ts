import { isUtf8 } from 'node:buffer'
import { numberFromDouble, numberFromText } from './number.ts'
import { parseType, type ObjectType, type Type } from './type.ts'
import {
  Dynamic,
  type ExactNumber,
  Unknown,
  ValueError,
  unknownValue,
  type Value,
} from './value.ts'

/**
 * Reads one msgpack value whose type is known; the same bytes mean different things for different
 * types. Throws `ValueError` with the path when they are truncated, damaged or do not fit.
 */
export function decodeMsgpack(bytes: Uint8Array, type: Type): Value {
  const reader = new Reader(bytes)
  const value = reader.value(type)
  reader.end()
  return value
}

/** Numbers of the extension types with which cty marks unknown values; 12 carries what is known of them. */
const refinedUnknown = 12

// Only dynamic values can nest deeper than their schema, and HCL that deep does not exist.
const deepest = 200

class Reader {
  readonly #bytes: Buffer
  #at = 0
  readonly #path: (string | number)[] = []

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  value(type: Type): Value {
    const code = this.#peek()
    if (code === 0xc0) return this.#skip(null)
    if ((code >= 0xc7 && code <= 0xc9) || (code >= 0xd4 && code <= 0xd8)) return this.#unknown()
    if (this.#path.length > deepest) this.#fail('nested too deeply')
    switch (type) {
      case 'string':
        return this.#text()
      case 'number':
        return this.#number()
      case 'bool':
        if (code !== 0xc2 && code !== 0xc3) this.#fail('expected a bool')
        return this.#skip(code === 0xc3)
      case 'dynamic':
        return this.#dynamic()
    }
    switch (type[0]) {
      case 'map':
        return this.#map(type[1])
      case 'object':
        return this.#object(type)
      case 'tuple': {
        const types = type[1]
        const length = this.#length('an array', 0x90, 0xdc)
        if (length !== types.length) this.#fail(`expected ${types.length} elements`)
        return types.map((element, index) => this.#step(index, element))
      }
      default: {
        const length = this.#length('an array', 0x90, 0xdc)
        const element = type[1]
        return Array.from({ length }, (_, index) => this.#step(index, element))
      }
    }
  }

  end(): void {
    if (this.#at !== this.#bytes.length) this.#fail('bytes follow the value')
  }

  /** Reads what stands at `step` of the value being read. */
  #step(step: string | number, type: Type): Value {
    this.#path.push(step)
    const value = this.value(type)
    this.#path.pop()
    return value
  }

  #map(element: Type): Value {
    const map = Object.create(null) as Record<string, Value>
    for (let left = this.#length('a map', 0x80, 0xde); left > 0; left--) {
      const key = this.#text()
      if (Object.hasOwn(map, key)) this.#fail('a key appears twice')
      map[key] = this.#step(key, element)
    }
    return map
  }

  /** An object carries every attribute of its type and no other. */
  #object([, types]: ObjectType): Value {
    const object = Object.create(null) as Record<string, Value>
    const names = Object.keys(types)
    let left = this.#length('an object', 0x80, 0xde)
    if (left !== names.length) this.#fail(`expected ${names.length} attributes`)
    for (; left > 0; left--) {
      const name = this.#text()
      if (!Object.hasOwn(types, name)) this.#fail('an attribute the schema does not have')
      if (Object.hasOwn(object, name)) this.#fail('an attribute appears twice')
      object[name] = this.#step(name, types[name] as Type)
    }
    return object
  }

  #dynamic(): Value {
    if (this.#length('a dynamic value', 0x90, 0xdc) !== 2) this.#fail('expected type and value')
    const text = this.#text()
    let type: Type
    try {
      type = parseType(text)
    } catch {
      this.#fail('a dynamic value has an unreadable type')
    }
    return new Dynamic(type, this.#step('value', type))
  }

  #unknown(): Unknown {
    const code = this.#byte()
    const length =
      code >= 0xd4
        ? 1 << (code - 0xd4)
        : Number(this.#unsigned([1, 2, 4][code - 0xc7] as 1 | 2 | 4))
    const kind = this.#byte()
    const body = this.#take(length)
    if (kind === 0) return unknownValue
    if (kind !== refinedUnknown) this.#fail(`extension type ${kind} has no meaning here`)
    // A copy, or a short refinement would keep a long message alive.
    return new Unknown(Uint8Array.from(body))
  }

  #number(): number | ExactNumber {
    const code = this.#peek()
    if (code <= 0x7f) return this.#skip(code)
    if (code >= 0xe0) return this.#skip(code - 256)
    switch (this.#skip(code)) {
      case 0xcc:
        return Number(this.#unsigned(1))
      case 0xcd:
        return Number(this.#unsigned(2))
      case 0xce:
        return Number(this.#unsigned(4))
      case 0xcf:
        return this.#big(this.#take(8).readBigUInt64BE())
      case 0xd0:
        return this.#take(1).readInt8()
      case 0xd1:
        return this.#take(2).readInt16BE()
      case 0xd2:
        return this.#take(4).readInt32BE()
      case 0xd3:
        return this.#big(this.#take(8).readBigInt64BE())
      case 0xca:
        return this.#located(() => numberFromDouble(this.#take(4).readFloatBE()))
      case 0xcb:
        return this.#located(() => numberFromDouble(this.#take(8).readDoubleBE()))
    }
    this.#at--
    const text = this.#text('a number')
    return this.#located(() => numberFromText(text))
  }

  #big(integer: bigint): number | ExactNumber {
    return numberFromText(integer.toString())
  }

  #text(wanted = 'a string'): string {
    const code = this.#byte()
    let length: number
    if (code >= 0xa0 && code <= 0xbf) length = code & 31
    else if (code === 0xd9 || code === 0xc4) length = this.#unsigned(1)
    else if (code === 0xda || code === 0xc5) length = this.#unsigned(2)
    else if (code === 0xdb || code === 0xc6) length = this.#unsigned(4)
    else this.#fail(`expected ${wanted}`)
    const bytes = this.#take(length)
    if (!isUtf8(bytes)) this.#fail('text is not UTF-8')
    return bytes.toString('utf8')
  }

  /** Reads how many elements follow. Each takes a byte at least, so a hostile count ends here. */
  #length(wanted: string, fixed: number, long: number): number {
    const code = this.#byte()
    let length: number
    if (code >= fixed && code <= fixed + 15) length = code - fixed
    else if (code === long) length = this.#unsigned(2)
    else if (code === long + 1) length = this.#unsigned(4)
    else this.#fail(`expected ${wanted}`)
    if (length > this.#bytes.length - this.#at) this.#fail('the value is truncated')
    return length
  }

  #unsigned(size: 1 | 2 | 4): number {
    return this.#take(size).readUIntBE(0, size)
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) this.#fail('the value is truncated')
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }

  #peek(): number {
    return this.#bytes[this.#at] ?? this.#fail('the value is truncated')
  }

  #byte(): number {
    const code = this.#peek()
    this.#at++
    return code
  }

  #skip<T>(value: T): T {
    this.#at++
    return value
  }

  #located<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      if (error instanceof ValueError) this.#fail(error.message)
      throw error
    }
  }

  #fail(message: string): never {
    throw new ValueError(message, [...this.#path])
  }
}
