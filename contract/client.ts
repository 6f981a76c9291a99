import type { Problem, ProblemCode } from './problems.ts'
import { routes, type OperationId } from './routes.ts'
import type { Answer, Call } from './schemas/index.ts' // types only: zod is not loaded

export interface ClientOptions {
  /** Address of the API, such as `http://127.0.0.1:8080`, with a path when it stands below one. */
  readonly url: string
  readonly token: string
  /** Sends one request. `fetch` when left out. */
  readonly transport?: Transport
  /** The transport itself waits while the API refuses for load, so that nothing is repeated for it here. */
  readonly transportWaits?: boolean
  /** How often a request that was refused for load is sent again. */
  readonly retries?: number
  /** Waits, or rejects when the signal aborts. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
}

export type Transport = (request: TransportRequest) => Promise<TransportResponse>

export interface TransportRequest {
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

  constructor(operation: OperationId, problem: Problem) {
    super(problem.detail)
    this.operation = operation
    this.problem = problem
  }

  get code(): ProblemCode {
    return this.problem.code
  }
}

/** No answer came, or none that this API gives. Whether a change took effect is unknown. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable'
  readonly operation: OperationId

  constructor(operation: OperationId, message: string, options?: ErrorOptions) {
    super(message, options)
    this.operation = operation
  }
}

/** Calls operations by id, typed by the contract. It holds no state but its options. */
export class Client {
  readonly #options: Required<ClientOptions>

  constructor(options: ClientOptions) {
    this.#options = {
      transport: sendByFetch,
      transportWaits: false,
      retries: 5,
      wait: waitFor,
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
    for (let attempt = 0; ; attempt++) {
      const response = await this.#send(operation, request)
      if (response.status === routes[operation].status) {
        return (response.status === 204 ? undefined : asAnswer(operation, response)) as Answer<Id>
      }
      const error = new ApiError(operation, asProblem(operation, response))
      const wasWaited = this.#options.transportWaits && error.code === 'rate_limited'
      const again = attempt < this.#options.retries && !wasWaited
      if (!again || !mayRepeat(error, request.method)) throw error
      await this.#options.wait(pauseBefore(attempt, response), options.signal)
    }
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

  async #send(operation: OperationId, request: TransportRequest): Promise<TransportResponse> {
    try {
      return await this.#options.transport(request)
    } catch (error) {
      request.signal?.throwIfAborted()
      throw new ApiUnreachable(
        operation,
        `The API at ${request.url.origin} did not answer (${reasonOf(error)}).`,
        { cause: error },
      )
    }
  }
}

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** A refusal for load left nothing behind; a database that went away may have taken a change with it. */
const mayRepeat = ({ code }: ApiError, method: string): boolean =>
  code === 'rate_limited' || (code === 'database_unavailable' && method === 'GET')

/** What the API asks for, else doubling from half a second; never all clients at the same moment. */
function pauseBefore(attempt: number, response: TransportResponse): number {
  const asked = Number(response.header('retry-after'))
  const base = asked > 0 ? Math.min(asked, 60) * 1000 : 500 * 2 ** Math.min(attempt, 5)
  return base * (1 + Math.random() * 0.2)
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

const waitFor = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })

function parse(operation: OperationId, { text, status }: TransportResponse): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiUnreachable(
      operation,
      `What answered is not the agyn-secrets API: status ${status}, and no JSON. Check the address.`,
    )
  }
}

/** Makes sure that it is this API that answered, lest somebody's `{}` be taken for an empty secret. */
function asAnswer(operation: OperationId, response: TransportResponse): unknown {
  const body = parse(operation, response)
  const { id, items } = (body ?? {}) as { readonly id?: unknown; readonly items?: unknown }
  const isRight = Array.isArray(body)
    ? operation === 'ListSecretProviderTypes'
    : /^(Create|Get|Update|WhoAmI)/.test(operation)
      ? typeof id === 'string'
      : !operation.startsWith('List') || Array.isArray(items)
  if (isRight && typeof body === 'object' && body !== null) return body
  throw notThisApi(operation, response)
}

const notThisApi = (operation: OperationId, { status }: TransportResponse): ApiUnreachable =>
  new ApiUnreachable(
    operation,
    `What answered is not the agyn-secrets API: status ${status}. Check the address.`,
  )

function asProblem(operation: OperationId, response: TransportResponse): Problem {
  const body = parse(operation, response)
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
    return body as Problem
  }
  throw notThisApi(operation, response)
}

/** The code of the innermost error: fetch wraps a refused connection twice. */
function reasonOf(error: unknown): string {
  let innermost = error
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause
  if (!(innermost instanceof Error)) return 'unknown error'
  const { code } = innermost as { readonly code?: unknown } // a DOMException's is a number
  return typeof code === 'string' ? code : innermost.message
}
