import type { SecretValue } from '../../keyring/secret-value.ts'
import { isObject } from '../../../contract/schemas/rule.ts'
import { parseJson } from '../answer-json.ts'
import { BackendFailure } from '../backend.ts'

/** A JSON object of the user's, taken apart: a key file, or what lies in it. Its failures repeat nothing of it. */
export class KeyFile {
  readonly #members: Readonly<Record<string, unknown>>

  static parse(content: SecretValue): KeyFile {
    const members = parseJson(content.reveal())
    if (!isObject(members)) throw unusable('is not a JSON object')
    return new KeyFile(members)
  }

  private constructor(members: Readonly<Record<string, unknown>>) {
    this.#members = members
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#members, name)
  }

  text(name: string): string {
    const text = this.optionalText(name)
    if (text === undefined) throw unusable(`has no \`${name}\``)
    return text
  }

  optionalText(name: string): string | undefined {
    const value = this.has(name) ? this.#members[name] : undefined
    if (value === undefined || typeof value === 'string') return value
    throw unusable(`has something in \`${name}\` that is no text`)
  }

  /** An empty one when there is none. */
  object(name: string): KeyFile {
    const value = this.has(name) ? this.#members[name] : {}
    if (isObject(value)) return new KeyFile(value)
    throw unusable(`has something in \`${name}\` that is no object`)
  }

  names(): readonly string[] {
    return Object.keys(this.#members)
  }
}

export const unusable = (why: string): BackendFailure =>
  new BackendFailure('misconfigured', `The key file ${why}.`, { notSent: true })
