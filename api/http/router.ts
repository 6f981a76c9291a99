import { Router, type Request, type Response } from 'express'
import * as z from 'zod'
import { fieldIssues } from '../../contract/field-errors.ts'
import { routes, type OperationId, type Route } from '../../contract/routes.ts'
import { schemas, type OperationSchema } from '../../contract/schemas/index.ts'
import { deadline } from '../deadline.ts'
import { Invalid, notFound, Refused } from '../errors.ts'
import type { Context, Handlers } from '../operations/operation.ts'
import type { Principal } from '../principals/principal.ts'
import type { Admission } from './admission.ts'
import type { Idempotency } from './idempotency.ts'
import { readBody } from './read-body.ts'

export interface RouterOptions {
  readonly handlers: Handlers
  readonly admission: Admission
  readonly idempotency: Idempotency
}

/** A request that takes longer than this is given up. */
const REQUEST_TIMEOUT_MS = 30_000

/**
 * One Express route for each row of the operations table. A handler receives what its schemas have
 * checked, and what it answers is checked again, so that nothing undeclared leaves.
 */
export function router(options: RouterOptions): Router {
  const router = Router()
  for (const [id, route] of Object.entries(routes) as [OperationId, Route][]) {
    const serve = serveOperation(id, route, options)
    router[route.method.toLowerCase() as 'get'](route.path, serve)
  }
  for (const path of new Set(Object.values(routes).map((route) => route.path))) {
    router.all(path, refuseMethod(path))
  }
  return router
}

function serveOperation(operation: OperationId, route: Route, options: RouterOptions) {
  const { admission, idempotency } = options
  const schema: OperationSchema = schemas[operation]
  const handle = options.handlers[operation] as (
    input: unknown,
    context: Context,
  ) => Promise<unknown>
  return async (request: Request, response: Response): Promise<void> => {
    const requestId = response.locals['requestId'] as string
    const onKnown = ({ id }: Principal) => void (response.locals['principal'] = id)
    const attempt = { operation, route, requestId, onKnown }
    response.locals['operation'] = operation
    const principal = await admission.admit(request.headers.authorization, attempt)
    const body = await readBody(request, response)
    const sent = { params: request.params, query: request.query, body }
    const input = checkInput(schema, sent)
    const key = route.status === 201 ? request.headers['idempotency-key'] : undefined
    const ifMatch = revisionsIn(request.headers['if-match'])
    let signal: AbortSignal | undefined
    const context: Context = {
      ...{ operation, principal, requestId, ifMatch },
      // Made when it is asked for: most operations wait for nothing but the database.
      get signal() {
        return (signal ??= abortedBy(response))
      },
    }
    try {
      const { answer, replayed } =
        key === undefined
          ? { answer: await handle(input, context), replayed: false }
          : await idempotency.once({ key: String(key), sent, context }, (claim) =>
              handle(input, { ...context, claim }),
            )
      if (replayed) response.setHeader('Idempotent-Replayed', 'true')
      send(response, route, schema.answer?.parse(answer))
    } catch (error) {
      if (error instanceof Refused && error.code === 'forbidden') {
        await admission.recordDenied(principal, attempt, 'rule')
      }
      throw error
    }
  }
}

interface Parts {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** Checks the path, then the query, then the body. An id in the path that is no id leads nowhere. */
function checkInput(schema: OperationSchema, { params, query, body }: Parts): Parts {
  const parsedParams = schema.params?.safeParse(params)
  if (parsedParams?.success === false) throw notFound(NO_ID)
  const parsedQuery = (schema.query ?? NO_QUERY).safeParse(query)
  if (!parsedQuery.success) throw new Invalid(fieldIssues(parsedQuery.error, query), 'query')
  if (body === undefined && schema.body?.safeParse(undefined).success === false) {
    throw new Refused('malformed', 'This request needs a JSON body.')
  }
  const parsedBody = schema.body?.safeParse(body)
  if (parsedBody?.success === false) throw new Invalid(fieldIssues(parsedBody.error, body))
  return {
    params: parsedParams?.data,
    query: schema.query && parsedQuery.data,
    body: parsedBody?.data,
  }
}

const NO_ID =
  'Nothing is at this path: where it names a thing, it takes the id, a UUID, and not the name.'

/** A parameter that nobody reads is a mistake of whoever sent it. */
const NO_QUERY = z.strictObject({})

function send(response: Response, { status, path }: Route, answer: unknown): void {
  const { id, revision } = (answer ?? {}) as { readonly id?: string; readonly revision?: number }
  if (revision !== undefined) response.setHeader('ETag', `"r${revision}"`)
  if (status === 201 && id !== undefined) response.setHeader('Location', `${path}/${id}`)
  if (status === 204) response.status(204).end()
  else response.status(status).json(answer)
}

/** The revisions that `If-Match` names. A tag that is not ours matches nothing. */
function revisionsIn(header: string | undefined): readonly number[] | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  return header.split(',').map((tag) => Number(/^\s*"r(\d+)"\s*$/.exec(tag)?.[1] ?? NaN))
}

function abortedBy(response: Response): AbortSignal {
  const gone = new AbortController()
  if (response.closed)
    gone.abort() // he went while the database was asked
  else response.once('close', () => gone.abort())
  const { signal, clear } = deadline(REQUEST_TIMEOUT_MS, gone.signal)
  response.once('close', clear)
  return signal
}

const refuseMethod = (path: string) => (_: Request, response: Response) => {
  const allowed = Object.values(routes).filter((route) => route.path === path)
  response.setHeader('Allow', allowed.map(({ method }) => method).join(', '))
  throw new Refused(
    'method_not_allowed',
    'This path does not know this method; see the Allow header.',
  )
}
