import { numberToText } from './number.ts'
import type { Type } from './type.ts'
import { Dynamic, ExactNumber, Unknown, ValueError, isObject, type Value } from './value.ts'

/**
 * Writes a value as msgpack of the given type. Objects get every attribute of their type (a missing
 * one is null) and no other; text is NFC-normalized, as Terraform's own is. Throws `ValueError` with
 * the path of what does not fit.
 */
export function encodeMsgpack(value: Value, type: Type): Uint8Array {
  const writer = new Writer()
  writer.value(value, type)
  return writer.bytes()
}

class Writer {
  #buffer = Buffer.allocUnsafe(1024)
  #at = 0
  readonly #path: (string | number)[] = []

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#at)
  }

  value(value: Value | undefined, type: Type): void {
    if (value === null || value === undefined) return this.#byte(0xc0)
    if (value instanceof Unknown) return this.#unknown(value)
    switch (type) {
      case 'string':
        if (typeof value !== 'string') this.#misfit('a string')
        return this.#text(value.normalize('NFC'))
      case 'bool':
        if (typeof value !== 'boolean') this.#misfit('a bool')
        return this.#byte(value ? 0xc3 : 0xc2)
      case 'number':
        if (typeof value !== 'number' && !(value instanceof ExactNumber)) this.#misfit('a number')
        return this.#number(value)
      case 'dynamic': {
        if (!(value instanceof Dynamic)) this.#misfit('a dynamic value')
        const name = Buffer.from(JSON.stringify(value.type))
        this.#byte(0x92)
        this.#header(name.length, null, 0xc4)
        this.#raw(name)
        return this.value(value.value, value.type)
      }
    }
    if (type[0] === 'map') {
      if (!isObject(value)) this.#misfit('a map')
      const keys = Object.keys(value)
      this.#count(keys.length, 0x80, 0xde)
      for (const key of keys) {
        this.#text(key.normalize('NFC'))
        this.#step(key, value[key], type[1])
      }
    } else if (type[0] === 'object') {
      if (!isObject(value)) this.#misfit('an object')
      const names = Object.keys(type[1])
      this.#count(names.length, 0x80, 0xde)
      for (const name of names) {
        this.#text(name)
        // `hasOwn`, or an attribute named like a method of Object would be found on its prototype.
        const given = Object.hasOwn(value, name) ? value[name] : null
        this.#step(name, given, type[1][name] as Type)
      }
    } else {
      if (!Array.isArray(value)) this.#misfit('an array')
      const elements = value as readonly Value[]
      const types = type[0] === 'tuple' ? type[1] : null
      if (types && types.length !== elements.length) this.#misfit(`${types.length} elements`)
      this.#count(elements.length, 0x90, 0xdc)
      elements.forEach((element, index) =>
        this.#step(index, element, (types ? types[index] : type[1]) as Type),
      )
    }
  }

  /** Writes what stands at `step` of the value being written. */
  #step(step: string | number, value: Value | undefined, type: Type): void {
    this.#path.push(step)
    this.value(value, type)
    this.#path.pop()
  }

  #unknown({ refinement }: Unknown): void {
    if (!refinement) return this.#raw([0xd4, 0x00, 0x00])
    // cty cuts a known prefix at 256 bytes, so a refinement can need the 16-bit length.
    this.#header(refinement.length, null, 0xc7)
    this.#byte(12)
    this.#raw(refinement)
  }

  #number(value: number | ExactNumber): void {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      if (typeof value === 'number' && !Number.isFinite(value)) this.#misfit('a finite number')
      return this.#text(numberToText(value))
    }
    if (value >= -32 && value < 128) return this.#byte(value & 0xff)
    this.#byte(0xd3)
    this.#room(8)
    this.#at = this.#buffer.writeBigInt64BE(BigInt(value), this.#at)
  }

  #text(text: string): void {
    const length = Buffer.byteLength(text)
    this.#header(length, 0xa0, 0xd9)
    this.#room(length)
    this.#at += this.#buffer.write(text, this.#at, 'utf8')
  }

  /** The header of text, bytes or an extension: three codes in a row for 8, 16 and 32 bits of length. */
  #header(length: number, fixed: number | null, code8: number): void {
    if (fixed !== null && length < 32) return this.#byte(fixed | length)
    if (length <= 0xff) return this.#raw([code8, length])
    this.#length(length, code8 + 1)
  }

  /** The header of an array or a map: in one byte, or 16 or 32 bits of length. */
  #count(length: number, fixed: number, code16: number): void {
    if (length < 16) return this.#byte(fixed | length)
    this.#length(length, code16)
  }

  #length(length: number, code16: number): void {
    const size = length <= 0xffff ? 2 : 4
    this.#byte(size === 2 ? code16 : code16 + 1)
    this.#room(size)
    this.#at = this.#buffer.writeUIntBE(length, this.#at, size)
  }

  #byte(byte: number): void {
    this.#room(1)
    this.#buffer[this.#at++] = byte
  }

  #raw(bytes: ArrayLike<number>): void {
    this.#room(bytes.length)
    this.#buffer.set(bytes, this.#at)
    this.#at += bytes.length
  }

  #room(size: number): void {
    if (this.#at + size <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + size))
    this.#buffer.copy(larger, 0, 0, this.#at)
    this.#buffer = larger
  }

  #misfit(wanted: string): never {
    throw new ValueError(`expected ${wanted}`, [...this.#path])
  }
}
