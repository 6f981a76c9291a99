/** An ephemeral resource that Terraform has opened and not closed. */
export interface OpenEphemeral {
  readonly type: string
  /** What the last renewal left, or `open`. */
  readonly lease: unknown
}

/**
 * The ephemeral resources that are open, which Terraform (1.11 to 1.14) does not keep as well as they
 * need: a close gets what `open` left instead of the last renewal, and is left out when what used the
 * resource failed or was interrupted.
 */
export class OpenEphemerals {
  readonly #entries = new Set<Entry>()

  /** Notes one that was opened, by the bytes that Terraform got for it. */
  add(opened: OpenEphemeral, bytes: Uint8Array): void {
    const key = keyOf(bytes)
    this.#entries.add({ ...opened, opened: key, renewed: key })
  }

  /** Notes the lease of a renewal, which came with the bytes before and ended with those after. */
  renew({ type, lease }: OpenEphemeral, before: Uint8Array, after: Uint8Array): void {
    const key = keyOf(before)
    const found = this.#find((entry) => entry.type === type && entry.renewed === key)
    if (found) Object.assign(found, { lease, renewed: keyOf(after) })
  }

  /** Takes out the one that was opened with these bytes. */
  take(type: string, bytes: Uint8Array): OpenEphemeral | undefined {
    const key = keyOf(bytes)
    const found = this.#find((entry) => entry.type === type && entry.opened === key)
    if (found) this.#entries.delete(found)
    return found
  }

  /** Takes out all that are left. */
  takeAll(): readonly OpenEphemeral[] {
    const all = [...this.#entries]
    this.#entries.clear()
    return all
  }

  #find(matches: (entry: Entry) => boolean): Entry | undefined {
    return [...this.#entries].find(matches)
  }
}

interface Entry extends OpenEphemeral {
  /** The bytes that a close comes with, and those that the next renewal does. */
  readonly opened: string
  readonly renewed: string
}

const keyOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
