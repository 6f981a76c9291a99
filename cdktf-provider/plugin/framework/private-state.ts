import type { Diagnostics } from './diagnostics.ts'

/**
 * JSON that Terraform keeps beside the state of an object and shows nobody: what the provider has to
 * remember and the user need not see. It stands in the state file in clear text, so no secrets.
 *
 * What `read`, `create` and `update` leave here comes back to the next `read`, `plan`, `update` and `delete`.
 */
export class PrivateState {
  /** Null when nothing was left, as after an import or with the state of an older version. */
  value: unknown
  readonly #before: Uint8Array

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.#before = bytes
    this.value = bytes.length === 0 ? null : parse(bytes)
  }

  /** What Terraform is to keep. A value that is no JSON is an error, and what was there before stays. */
  bytes(diagnostics: Diagnostics): Uint8Array {
    if (this.value === null || this.value === undefined) return new Uint8Array()
    const json = stringify(this.value)
    if (json !== undefined) return Buffer.from(json)
    diagnostics.error({
      summary: 'The provider wants to remember what is no JSON.',
      detail: 'What it remembered before stays. This is a mistake in the provider.',
    })
    return this.#before
  }
}

/** Undefined for a function, a bigint or a circle, of which JSON knows nothing. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** Another program's private state, as after a move between providers, is none of ours. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return null
  }
}
