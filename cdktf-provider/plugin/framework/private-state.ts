/**
 * JSON that Terraform keeps beside the state of an object and shows nobody: what the provider has to
 * remember and the user need not see. It stands in the state file in clear text, so no secrets.
 *
 * What `read`, `create` and `update` leave here comes back to the next `read`, `plan`, `update` and `delete`.
 */
export class PrivateState {
  /** Null when nothing was left, as after an import or with the state of an older version. */
  value: unknown

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.value = bytes.length === 0 ? null : parse(bytes)
  }

  get bytes(): Uint8Array {
    return this.value === null || this.value === undefined
      ? new Uint8Array()
      : Buffer.from(JSON.stringify(this.value))
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
