import { appendFileSync, readFileSync, watch } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Objects by id in a JSON file: what a remote system is to a real provider. */
export interface Store {
  get(id: string): Promise<StoredBook | null>
  idOf(title: string): Promise<string | null>
  put(id: string, book: StoredBook): Promise<void>
  remove(id: string): Promise<void>
  /** Notes an event in the log beside the file. */
  note(event: string): Promise<void>
  /** Resolves once an event is in the log, and rejects when the signal is aborted before. */
  happens(event: string, signal: AbortSignal): Promise<void>
}

export interface StoredBook {
  readonly state: { readonly title: string; readonly id: string }
  readonly note: string | null
  readonly code: string | null
}

/** One process at a time uses the file; its calls may overlap, so writes wait for each other. */
export function openStore(file: string): Store {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
  const read = async (): Promise<Record<string, StoredBook>> =>
    JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, StoredBook>
  const change = (edit: (books: Record<string, StoredBook>) => void) =>
    inTurn(async () => {
      const books = await read()
      edit(books)
      await writeFile(`${file}.new`, JSON.stringify(books))
      await rename(`${file}.new`, file)
    })
  return {
    get: (id) => inTurn(async () => (await read())[id] ?? null),
    idOf: (title) =>
      inTurn(async () => {
        const found = Object.values(await read()).find(({ state }) => state.title === title)
        return found?.state.id ?? null
      }),
    put: (id, book) => change((books) => void (books[id] = book)),
    remove: (id) => change((books) => void Reflect.deleteProperty(books, id)),
    note: async (event) => appendFileSync(logOf(file), `${event}\n`),
    happens: (event, signal) => happens(logOf(file), event, signal),
  }
}

/** Where the events of a store are noted, a line each. */
export const logOf = (file: string) => `${file}.log`

function happens(log: string, event: string, signal: AbortSignal): Promise<void> {
  appendFileSync(log, '')
  const watcher = watch(dirname(log), { persistent: true })
  const found = new Promise<void>((resolve, reject) => {
    const look = () => readFileSync(log, 'utf8').includes(event) && resolve()
    const stop = () => reject(signal.reason as Error)
    watcher.on('change', look)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    look()
  })
  return found.finally(() => watcher.close())
}
