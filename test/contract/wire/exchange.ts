/**
 * One request and its answer. Texts hold placeholders: `<uuid>`, `<time>`, `<token>`, `<hex>`, `<ability>`,
 * `<number>` and `<text>` match by shape; with a name, `<uuid secret>`, the first answer that has it
 * decides what it stands for, and from then on it is exactly that, in requests too.
 */
export interface Exchange {
  readonly title: string
  /** Whose token is sent; the admin's when left out. */
  readonly as?: 'owner' | 'member' | 'orchestrator'
  readonly send: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
  readonly status: number
  readonly answerHeaders?: Readonly<Record<string, string>>
  /** Exactly this, no member more or less; nothing at all when left out. */
  readonly answer?: unknown
}

/** Columns of whatever was just made. */
export const stamps = { revision: 1, createdAt: '<time>', updatedAt: '<time>' }
