import type { Problem, ProblemCode } from './problems.ts'
import { routes, type OperationId } from './routes.ts'
import type { Answer, Call } from './schemas/index.ts' // types only: zod is not loaded
import { askedPauseMs, jittered, realPacing, type Pacing } from './waiting.ts'

export interface ClientOptions {
  /** Address of the API, such as `http://127.0.0.1:8080`, with a path when it stands below one. */
  readonly url: string
  readonly token: string
  /** Sends one request. `fetch` when left out. */
  readonly transport?: Transport
  /** The transport itself waits while the API refuses for load, so that nothing is repeated for it here. */
  readonly transportWaits?: boolean
  /** How often a request is sent again that was refused for load, or that met an API that is away. */
  readonly retries?: number
  /** For how long, in all; a longer pause that is asked for is not begun. */
  readonly patienceMs?: number
  readonly pacing?: Pacing
  /** Told of every pause. */
  readonly onPause?: (pause: Pause) => void
}

export interface Pause {
  readonly operation: OperationId
  /** Of the answer that is waited out. */
  readonly status: number
  readonly pauseMs: number
}

export type Transport = (request: TransportRequest) => Promise<TransportResponse>

export interface TransportRequest {
  readonly operation: OperationId
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly signal: AbortSignal | undefined
}

export interface TransportResponse {
  readonly status: number
  readonly header: (name: string) => string | null
  readonly text: string
}

/** The API refused; `problem` is its answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly operation: OperationId
  readonly problem: Problem
  /** The same request was sent before, met an API that was away, and may have taken effect. */
  readonly wasSentBefore: boolean

  constructor(operation: OperationId, problem: Problem, options: Sent = {}) {
    super(problem.detail)
    this.operation = operation
    this.problem = problem
    this.wasSentBefore = options.wasSentBefore ?? false
  }

  get code(): ProblemCode {
    return this.problem.code
  }
}

/** No answer came, or none that this API gives. Whether a change took effect is unknown. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable'
  readonly operation: OperationId
  /** Where the API was looked for. */
  readonly origin: string
  /** Of what answered and was not this API; undefined when nobody did. */
  readonly status: number | undefined
  /** As with `ApiError`. */
  readonly wasSentBefore: boolean

  constructor(
    { operation, url: { origin } }: TransportRequest,
    message: string,
    options: ErrorOptions & Sent & { readonly status?: number } = {},
  ) {
    super(message, options)
    this.operation = operation
    this.origin = origin
    this.status = options.status
    this.wasSentBefore = options.wasSentBefore ?? false
  }
}

interface Sent {
  readonly wasSentBefore?: boolean
}

/** Every operation but those that only look. */
export const mayChange = (operation: OperationId): boolean =>
  routes[operation].method !== 'GET' && !/^(Preflight|Resolve|Test)/.test(operation)

/** Calls operations by id, typed by the contract. It holds no state but its options. */
export class Client {
  readonly #options: Required<ClientOptions>

  constructor(options: ClientOptions) {
    this.#options = {
      transport: sendByFetch,
      transportWaits: false,
      retries: 5,
      patienceMs: 120_000,
      pacing: realPacing,
      onPause: () => {},
      ...options,
    }
  }

  /** Resolves to the answer of the API, whose own schemas have checked it; rejects with `ApiError` or `ApiUnreachable`. */
  async call<Id extends OperationId>(
    operation: Id,
    call: Call<Id>,
    options: { readonly signal?: AbortSignal; readonly ifMatch?: string } = {},
  ): Promise<Answer<Id>> {
    const request = this.#request(operation, call as Parts, options)
    const isRepeatable = mayBeRepeated(operation, call as Parts)
    const { pacing, onPause, patienceMs } = this.#options
    let wasSentBefore = false
    let pausedMs = 0
    for (let attempt = 0; ; attempt++) {
      const response = await this.#send(request, wasSentBefore)
      if (response.status === routes[operation].status) {
        return (response.status === 204 ? undefined : asAnswer(request, response)) as Answer<Id>
      }
      const again =
        attempt < this.#options.retries && this.#isWorthRepeating(response, isRepeatable)
      const pauseMs = again ? this.#pauseBefore(attempt, response) : Infinity
      pausedMs += pauseMs
      if (pausedMs > patienceMs) throw refusal(request, response, { wasSentBefore })
      onPause({ operation, status: response.status, pauseMs })
      await pacing.wait(pauseMs, options.signal)
      // A refusal for load left nothing behind; whatever else was away may have taken a change with it.
      wasSentBefore ||= response.status !== 429
    }
  }

  #isWorthRepeating(response: TransportResponse, isRepeatable: boolean): boolean {
    if (response.status === 429) return !this.#options.transportWaits
    if (!isRepeatable || !isAway.has(response.status)) return false
    const code = problemIn(response)?.code
    // A store that is away is told at once: how long to wait for it is not for us to say.
    return code === undefined || code === 'database_unavailable'
  }

  /** What the answer asks for, else doubling from half a second. */
  #pauseBefore(attempt: number, response: TransportResponse): number {
    const { now, random } = this.#options.pacing
    const asked = askedPauseMs(response.header('retry-after'), now)
    return jittered(asked ?? 500 * 2 ** attempt, random)
  }

  #request(
    operation: OperationId,
    { params = {}, query = {}, body }: Parts,
    { signal, ifMatch }: { readonly signal?: AbortSignal; readonly ifMatch?: string },
  ): TransportRequest {
    const { method, path } = routes[operation]
    const filled = path.replace(/:(\w+)/g, (_, key: string) =>
      encodeURIComponent(String(params[key])),
    )
    // Behind a gateway the API may stand below a path, which a plain URL join would drop.
    const url = new URL(this.#options.url.replace(/\/+$/, '') + filled)
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(key, String(value))
    }
    return {
      operation,
      method,
      url,
      headers: {
        authorization: `Bearer ${this.#options.token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    }
  }

  async #send(request: TransportRequest, wasSentBefore: boolean): Promise<TransportResponse> {
    try {
      return await this.#options.transport(request)
    } catch (error) {
      request.signal?.throwIfAborted()
      throw new ApiUnreachable(
        request,
        `The API at ${request.url.origin} did not answer (${reasonOf(error)}).`,
        { cause: error, wasSentBefore },
      )
    }
  }
}

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** What the API, or what stands before it, answers while it is away or being started. */
export const isAway: ReadonlySet<number> = new Set([502, 503, 504])

/** Whether sending it twice does no more than sending it once: a create brings its own id. */
function mayBeRepeated(operation: OperationId, { body }: Parts): boolean {
  if (routes[operation].method !== 'POST' || !mayChange(operation)) return true
  const { id } = (body ?? {}) as { readonly id?: unknown }
  return operation.startsWith('Create') && typeof id === 'string'
}

const sendByFetch: Transport = async ({ method, url, headers, body, signal }) => {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'error', // a redirect would carry the token elsewhere
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  })
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    text: await response.text(),
  }
}

function parse({ text }: TransportResponse): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Makes sure that it is this API that answered, lest somebody's `{}` be taken for an empty secret. */
function asAnswer(request: TransportRequest, response: TransportResponse): unknown {
  const { operation } = request
  const body = parse(response)
  const { id, items } = (body ?? {}) as { readonly id?: unknown; readonly items?: unknown }
  const isRight = Array.isArray(body)
    ? operation === 'ListSecretProviderTypes'
    : /^(Create|Get|Update|WhoAmI)/.test(operation)
      ? typeof id === 'string'
      : !operation.startsWith('List') || Array.isArray(items)
  if (isRight && typeof body === 'object' && body !== null) return body
  throw notThisApi(request, response)
}

/** The problem that the API answered; undefined when it was somebody else who answered. */
function problemIn(response: TransportResponse): Problem | undefined {
  const body = parse(response)
  const isProblem = typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
  return isProblem ? (body as Problem) : undefined
}

function refusal(request: TransportRequest, response: TransportResponse, sent: Sent): Error {
  const problem = problemIn(response)
  if (problem) return new ApiError(request.operation, problem, sent)
  return notThisApi(request, response, sent)
}

const notThisApi = (
  request: TransportRequest,
  { status }: TransportResponse,
  sent: Sent = {},
): ApiUnreachable =>
  new ApiUnreachable(
    request,
    isAway.has(status)
      ? `What stands before the API answered ${status}: the API is away, or being started. If it stays so, check the address.`
      : `What answered is not the agyn-secrets API: status ${status}. Check the address.`,
    { status, ...sent },
  )

/** The code of the innermost error: fetch wraps a refused connection twice. */
function reasonOf(error: unknown): string {
  let innermost = error
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause
  if (!(innermost instanceof Error)) return 'unknown error'
  const { code } = innermost as { readonly code?: unknown } // a DOMException's is a number
  return typeof code === 'string' ? code : innermost.message
}
