import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'

/**
 * A socket that ends in an embedded PGlite, so that node-postgres and Prisma's own adapter speak to
 * it as they do to a server. PGlite is a single session: give its pool `max: 1`.
 *
 * PGlite's own bridges do not serve: `pglite-socket` loses operations with more than one connection,
 * and `@electric-sql/pglite/node-postgres` hangs on a NUL.
 */
export class PGliteSocket extends Duplex {
  readonly #database: PGlite
  #incoming: Buffer = Buffer.alloc(0)
  #request: Buffer[] = []
  #started = false

  constructor(database: PGlite) {
    super({ allowHalfOpen: false })
    this.#database = database
  }

  // What node-postgres expects of a net.Socket.
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#take(chunk).then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    )
  }

  async #take(chunk: Buffer): Promise<void> {
    this.#incoming = this.#incoming.length ? Buffer.concat([this.#incoming, chunk]) : chunk
    if (!this.#started && !(await this.#start())) return
    for (;;) {
      const message = this.#nextMessage()
      if (!message) return
      const type = String.fromCharCode(message[0] ?? 0)
      if (type === 'X') {
        this.push(null)
        return
      }
      this.#request.push(message)
      if (type === 'S' || type === 'Q') {
        const request = Buffer.concat(this.#request)
        this.#request = []
        this.push(await this.#run(request))
      }
    }
  }

  /** Swallows the startup message, which has no type byte, and greets. False: not all of it is here. */
  async #start(): Promise<boolean> {
    if (this.#incoming.length < 4) return false
    const length = this.#incoming.readInt32BE(0)
    if (this.#incoming.length < length) return false
    this.#incoming = this.#incoming.subarray(length)
    this.#started = true
    // The session outlives the connection: a new client must not find the old one's transaction.
    await this.#run(simpleQuery('ROLLBACK'))
    await this.#run(simpleQuery('DISCARD ALL'))
    this.push(greeting)
    return true
  }

  #nextMessage(): Buffer | undefined {
    if (this.#incoming.length < 5) return undefined
    const length = 1 + this.#incoming.readInt32BE(1)
    if (this.#incoming.length < length) return undefined
    const message = this.#incoming.subarray(0, length)
    this.#incoming = this.#incoming.subarray(length)
    return message
  }

  async #run(request: Buffer): Promise<Buffer> {
    const answer: Buffer[] = []
    await this.#database.runExclusive(() =>
      // Not `execProtocolRaw`, which also parses every answer, and keeps all it has parsed until the end.
      this.#database.execProtocolRawStream(request, {
        syncToFs: true,
        onRawData: (bytes) => void answer.push(Buffer.from(bytes)), // a copy: PGlite reuses its memory
      }),
    )
    return Buffer.concat(answer)
  }
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}

const simpleQuery = (sql: string) => message('Q', Buffer.from(`${sql};\0`))
const parameter = (name: string, value: string) => message('S', Buffer.from(`${name}\0${value}\0`))

const greeting = Buffer.concat([
  message('R', Buffer.alloc(4)), // AuthenticationOk
  parameter('server_encoding', 'UTF8'),
  parameter('client_encoding', 'UTF8'),
  parameter('DateStyle', 'ISO, MDY'),
  parameter('integer_datetimes', 'on'),
  parameter('standard_conforming_strings', 'on'),
  parameter('TimeZone', 'UTC'),
  message('K', Buffer.alloc(8)), // BackendKeyData
  message('Z', Buffer.from('I')), // ReadyForQuery, idle
])
