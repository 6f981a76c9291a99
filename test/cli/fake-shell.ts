import type { TransportResponse } from '../../contract/client.ts'
import { run } from '../../cli/run.ts'
import type { ApiCommand, Shell } from '../../cli/shell.ts'

/** What was sent to the API. */
export interface Sent {
  readonly method: string
  readonly path: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any
}

export interface FakeShellOptions {
  readonly settings?: Partial<Shell['settings']>
  readonly input?: string | Buffer
  readonly watched?: boolean
  /** Ctrl-C comes while the request of this number is under way. */
  readonly interruptedAt?: number
  /** Answers of the API; a refusal has a `status`. */
  readonly answer?: (request: Sent) => object
}

export const token = 'agyn_0123456789abcdef'

/** Runs one command line against an API that is made up, and collects all that it says and sends. */
export async function runCli(words: readonly string[], options: FakeShellOptions = {}) {
  const said = { out: '', err: '', progress: '' }
  const sent: Sent[] = []
  const started: ApiCommand[] = []
  const listeners = new Set<() => void>()
  const answer = options.answer ?? answerImports()
  const shell: Shell = {
    version: '1.2.3',
    settings: {
      apiUrl: 'http://api.test',
      apiToken: token,
      fernetKeys: undefined,
      ...options.settings,
    },
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    progress: options.watched ? (text) => void (said.progress += `${text}\n`) : undefined,
    onInterrupt: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    readInput: () => Promise.resolve(Buffer.from(options.input ?? '')),
    runApi: (command) => Promise.resolve(void started.push(command)),
    transport: ({ method, url, body }) => {
      const request: Sent = {
        method,
        path: `${url.pathname}${url.search}`,
        body: body === undefined ? undefined : JSON.parse(body),
      }
      sent.push(request)
      const answered = answer(request)
      if (options.interruptedAt === sent.length) for (const listener of listeners) listener()
      const status = 'status' in answered ? Number(answered.status) : 200
      const response: TransportResponse = {
        status,
        header: () => null,
        text: JSON.stringify(answered),
      }
      return Promise.resolve(response)
    },
  }
  const code = await run(words, shell)
  return { code, ...said, sent, started, listening: listeners.size }
}

/** An API in which no secret is yet, or those of `existing`, with the same value. */
export const answerImports =
  (existing: readonly string[] = []) =>
  ({ path, body }: Sent): object => {
    if (path !== '/api/secrets/import') throw new Error(`unexpected: ${path}`)
    const items = (body.items as { name: string }[]).map(({ name }) => ({
      name,
      outcome: existing.includes(name) ? 'unchanged' : 'created',
    }))
    return { items, applied: !body.dryRun }
  }
