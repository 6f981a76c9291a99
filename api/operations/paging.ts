import type { OperationId } from '../../contract/routes.ts'
import { Refused } from '../errors.ts'
import type { Keyring } from '../keyring/keyring.ts'

/** Where the next page begins: what the last row of this one is sorted by. */
type Position = readonly (string | null)[]

/**
 * Lists in pages. A page begins after what the last one ended with, so rows that come and go in
 * between can neither be skipped nor repeated. A cursor is signed, and good for one list of one
 * organization.
 */
export class Pages {
  readonly #keyring: Keyring

  constructor(keyring: Keyring) {
    this.#keyring = keyring
  }

  /** @param about - what else the list belongs to, such as the secret whose versions it holds */
  of(operation: OperationId, organizationId: string | undefined, about = ''): List {
    return new List(this.#keyring, JSON.stringify([operation, organizationId ?? null, about]))
  }
}

export class List {
  readonly #keyring: Keyring
  readonly #name: string

  constructor(keyring: Keyring, name: string) {
    this.#keyring = keyring
    this.#name = name
  }

  /** Where the page begins; undefined for the first. Throws `malformed` for a cursor of anything else. */
  position(cursor: string | undefined): Position | undefined {
    if (cursor === undefined) return undefined
    const bytes = Buffer.from(cursor, 'base64url')
    const mac = bytes.subarray(0, MAC_BYTES)
    const position = bytes.subarray(MAC_BYTES).toString('utf8')
    // Decoding overlooks what is no base64url and what is no UTF-8: only one text is this cursor.
    const isExact = written(mac, position) === cursor
    if (!isExact || !this.#keyring.hasSigned(this.#signed(position), mac)) {
      throw new Refused(
        'malformed',
        'This cursor does not belong to this list. Begin again without one.',
      )
    }
    return JSON.parse(position) as Position
  }

  /** The condition for a list in the order of its ids. */
  after(cursor: string | undefined): { readonly id?: { readonly gt: string } } {
    const id = this.position(cursor)?.[0]
    return typeof id === 'string' ? { id: { gt: id } } : {}
  }

  /**
   * A page of `limit` rows, made from one row more than that, which tells whether there is another page.
   *
   * @param positionOf - what the list is sorted by; the id when left out
   */
  page<Row, Item>(
    rows: readonly Row[],
    limit: number,
    toItem: (row: Row) => Item,
    positionOf: (row: Row) => Position = (row) => [(row as { readonly id: string }).id],
  ): { items: Item[]; nextCursor: string | null } {
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    const more = last !== undefined && rows.length > limit
    return { items: shown.map(toItem), nextCursor: more ? this.cursor(positionOf(last)) : null }
  }

  /** The cursor of a page that begins there. */
  cursor(position: Position): string {
    const text = JSON.stringify(position)
    const mac = this.#keyring.sign(this.#signed(text)).subarray(0, MAC_BYTES)
    return written(mac, text)
  }

  #signed(position: string): string {
    return JSON.stringify(['cursor', this.#name, position])
  }
}

const written = (mac: Buffer, position: string): string =>
  Buffer.concat([mac, Buffer.from(position)]).toString('base64url')

/** 128 bits: a cursor is checked online. */
const MAC_BYTES = 16
