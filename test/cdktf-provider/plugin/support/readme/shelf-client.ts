import { existsSync, readFileSync, writeFileSync } from 'node:fs'

interface Book {
  readonly title: string
  readonly revision: number
}

/** The client that the README's provider has: books and the code of the day, in a file. */
export class Shelf {
  readonly #file: string
  constructor(file: string) {
    this.#file = file
  }

  async put(id: string, title: string, note: string | null, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted()
    const books = this.#read()
    const revision = (books[id]?.revision ?? 0) + 1
    this.#write({ ...books, [id]: { title, revision } })
    if (note !== null) writeFileSync(`${this.#file}.note`, note)
    return revision
  }
  async get(id: string, signal: AbortSignal): Promise<Book | null> {
    signal.throwIfAborted()
    return this.#read()[id] ?? null
  }
  async remove(id: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { [id]: _, ...others } = this.#read()
    this.#write(others)
  }
  async count(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted()
    return Object.keys(this.#read()).length
  }
  async unlock(): Promise<string> {
    return 'open sesame'
  }
  async lock(code: string): Promise<void> {
    writeFileSync(`${this.#file}.locked`, code)
  }

  #read(): Readonly<Record<string, Book>> {
    if (!existsSync(this.#file)) return {}
    return JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, Book>
  }
  #write(books: Readonly<Record<string, Book>>): void {
    writeFileSync(this.#file, JSON.stringify(books))
  }
}
