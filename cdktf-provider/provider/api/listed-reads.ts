/** One page of a list, which ends where there is no `nextCursor`. */
export interface ListedPage<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

export type ReadPage<Item> = (
  cursor: string | undefined,
  signal: AbortSignal,
) => Promise<ListedPage<Item>>

/** One read or two cost less than a page. */
const SINGLE_READS = 2

/**
 * Pages that are read on trust. From then on, four reads that pages have answered pay for one more, so
 * that a list of a hundred thousand is not paged through for twenty of them.
 */
const PAGES_ON_TRUST = 5
const ANSWERS_FOR_A_PAGE = 4

/** As long as a refresh of some thousands takes. What was listed earlier may be from before it. */
const HOLDS_MS = 60_000

/**
 * Looks up single objects in pages of their list. Terraform refreshes a thousand resources by a
 * thousand reads, ten at a time and in no order; a list has them in a few pages.
 */
export class ListedReads<Item extends { readonly id: string }> {
  readonly #readPage: ReadPage<Item>
  readonly #now: () => number
  #listing: Listing<Item> | undefined

  constructor(readPage: ReadPage<Item>, now: () => number = () => performance.now()) {
    this.#readPage = readPage
    this.#now = now
  }

  /**
   * What the list shows of an object, as new as this refresh; each is told once, for who asks again wants
   * to know anew. Undefined means that it must be asked for itself: the list does not show it, could not
   * be read, or was not worth it. Rejects only when `signal` is aborted.
   */
  async look(id: string, signal: AbortSignal): Promise<Item | undefined> {
    signal.throwIfAborted()
    if (this.#listing === undefined || this.#now() - this.#listing.begun > HOLDS_MS) {
      this.#listing = new Listing(this.#readPage, this.#now())
    }
    return await this.#listing.look(id, signal)
  }

  /** To be called when something was changed: what was listed before is not told any more. */
  forget(): void {
    this.#listing = undefined
  }
}

interface Waiting<Item> {
  readonly id: string
  readonly settle: (item: Item | undefined) => void
}

/** The pages of one refresh, read one after the other while somebody waits for what they may show. */
class Listing<Item extends { readonly id: string }> {
  readonly begun: number
  readonly #readPage: ReadPage<Item>
  /** What pages showed; null once it was told. */
  readonly #shown = new Map<string, Item | null>()
  readonly #waiting = new Set<Waiting<Item>>()
  #next: string | undefined
  #isOver = false
  #reads = 0
  #pages = 0
  #answers = 0
  #pageUnderWay: AbortController | undefined

  constructor(readPage: ReadPage<Item>, begun: number) {
    this.#readPage = readPage
    this.begun = begun
  }

  look(id: string, signal: AbortSignal): Promise<Item | undefined> {
    this.#reads += 1
    if (this.#reads <= SINGLE_READS) return Promise.resolve(undefined)
    if (this.#shown.has(id)) return Promise.resolve(this.#tell(id))
    return new Promise((resolve, reject) => {
      const waiting = {
        id,
        settle: (item: Item | undefined) => {
          signal.removeEventListener('abort', leave)
          this.#waiting.delete(waiting)
          resolve(item)
        },
      }
      const leave = () => {
        this.#waiting.delete(waiting)
        if (this.#waiting.size === 0) this.#pageUnderWay?.abort()
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.add(waiting)
      if (this.#pageUnderWay === undefined) void this.#readPages()
    })
  }

  async #readPages(): Promise<void> {
    while (this.#waiting.size > 0 && this.#isWorthAPage()) {
      const underWay = new AbortController()
      this.#pageUnderWay = underWay
      try {
        this.#take(await this.#readPage(this.#next, underWay.signal))
      } catch {
        // The reads themselves say what is wrong, each of its own object.
        this.#isOver ||= !underWay.signal.aborted
      }
      for (const { id, settle } of this.#waiting) if (this.#shown.has(id)) settle(this.#tell(id))
    }
    this.#pageUnderWay = undefined
    for (const { settle } of this.#waiting) settle(undefined)
  }

  #isWorthAPage(): boolean {
    return !this.#isOver && this.#pages < PAGES_ON_TRUST + this.#answers / ANSWERS_FOR_A_PAGE
  }

  #take({ items, nextCursor }: ListedPage<Item>): void {
    for (const item of items) this.#shown.set(item.id, item)
    this.#pages += 1
    this.#next = nextCursor ?? undefined
    this.#isOver = nextCursor === null
  }

  #tell(id: string): Item | undefined {
    const item = this.#shown.get(id) ?? undefined
    this.#shown.set(id, null)
    if (item !== undefined) this.#answers += 1
    return item
  }
}
