import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { ActivityKeeper } from './activity/activity-keeper.ts'
import { AuditLog } from './audit/audit-log.ts'
import { DeploymentStore } from './backends/deployment-store.ts'
import { Outbound, type OutboundOptions } from './backends/outbound/outbound.ts'
import { reachDeploymentStore } from './backends/reach-deployment-store.ts'
import { Backends, type ProviderSettings } from './backends/registry.ts'
import { TokenFiles } from './backends/token-files.ts'
import { release, settle } from './custody/settle.ts'
import type { Database } from './database/database.ts'
import { Refused } from './errors.ts'
import { Admission } from './http/admission.ts'
import { describeError } from './http/describe-error.ts'
import { docsPage } from './http/docs-page.ts'
import { health } from './http/health.ts'
import { Idempotency } from './http/idempotency.ts'
import { openApi } from './http/openapi.ts'
import { problemResponse } from './http/problem-response.ts'
import { RateLimit } from './http/rate-limit.ts'
import { router } from './http/router.ts'
import { keepDoing } from './keep-doing.ts'
import type { Keyring } from './keyring/keyring.ts'
import { handlers } from './operations/handlers.ts'
import { MigrationRunner } from './operations/migrations/migration-runner.ts'
import { Pages } from './operations/paging.ts'
import type { Services } from './operations/services.ts'
import { Authenticator } from './principals/authenticator.ts'
import { Resolver } from './resolver/resolver.ts'

export interface AppOptions {
  readonly database: Database
  readonly keyring: Keyring
  readonly log: Logger
  readonly version: string
  /** An admin token given by the operator, valid beside those in the database. */
  readonly adminToken?: string | undefined
  readonly outbound?: OutboundOptions
  /** The deployment's own store, for new values; undefined: the database keeps them. */
  readonly defaultStore?: ProviderSettings | undefined
  /** Files of the server that providers may log in with. */
  readonly tokenPaths?: readonly string[]
  /** Requests a minute that a token may make. */
  readonly rateLimit?: number
  readonly trustProxy?: string | number | boolean
}

export interface App {
  readonly express: Express
  /**
   * Finishes what earlier requests and processes have left open, now and every few seconds: writes to
   * stores, copies that are to go, migrations. Answers how to stop.
   *
   * @param options.alone - no other process works on this database, so what is open is nobody's
   */
  work(options: { readonly alone: boolean }): Promise<() => Promise<void>>
  /** Lets go of what the app itself opened. The database stays open. */
  close(): Promise<void>
}

/** Puts the parts together. Listening, settings and signals are `main.ts`'s. */
export function buildApp(options: AppOptions): App {
  const { database, keyring, log, version } = options
  const audit = new AuditLog(database)
  const outbound = new Outbound(options.outbound)
  const tokenFiles = new TokenFiles(options.tokenPaths ?? [])
  const backends = new Backends({ outbound, tokenFiles })
  const defaultStore =
    options.defaultStore && openOwnStore(options.defaultStore, options.outbound, tokenFiles)
  const activity = new ActivityKeeper(database, backends.activity, (error) =>
    log.error({ error: describeError(error) }, 'activity could not be written down'),
  )
  const services: Services = {
    ...{ database, keyring, audit, outbound, tokenFiles, backends, activity },
    defaultStore,
    resolver: new Resolver({ keyring, backends, defaultStore }),
    pages: new Pages(keyring),
  }

  const app = express()
  app.set('etag', false) // a hash of the body would let a guess at a value be checked
  app.set('x-powered-by', false)
  app.set('trust proxy', options.trustProxy ?? false)
  app.use(securityHeaders())
  app.use(observe(log))
  app.use(health(database))
  const description = JSON.stringify(openApi(version))
  app.get('/api/openapi.json', (_, response) => {
    response.type('json').send(description)
  })
  app.use(docsPage())
  const onError = (error: unknown) =>
    log.error({ error: describeError(error) }, 'work in the background failed')
  const migrations = new MigrationRunner(services, onError)
  const served = handlers({ ...services, migrations })
  app.use(
    router({
      handlers: served,
      admission: new Admission({
        authenticator: new Authenticator(database, options.adminToken),
        audit,
        rateLimit: new RateLimit(options.rateLimit ?? 6000),
      }),
      idempotency: new Idempotency(services, served),
    }),
  )
  app.use(() => {
    throw new Refused('not_found', 'There is no such path. /api/docs lists those there are.')
  })
  app.use(problemResponse(log))
  const work: App['work'] = async ({ alone }) => {
    if (alone) await Promise.all([release(services), migrations.release()])
    const stop = keepDoing(
      // A migration finds nothing open that a process before it has left.
      [(signal) => settle({ ...services, signal }), () => migrations.resume()],
      { everyMs: WORK_EVERY_MS, onError },
    )
    return async () => void (await Promise.all([migrations.close(), stop()]))
  }
  const close = async () => {
    await migrations.close()
    await Promise.all([backends.close(), defaultStore?.close()])
    await activity.close()
  }
  return { express: app, work, close }
}

const WORK_EVERY_MS = 5_000

/** Apart from the providers: where the operator lets his own store be, they may not go. */
function openOwnStore(
  settings: ProviderSettings,
  options: OutboundOptions | undefined,
  tokenFiles: TokenFiles,
): DeploymentStore {
  const outbound = new Outbound(reachDeploymentStore(settings, options))
  return new DeploymentStore(settings, new Backends({ outbound, tokenFiles }))
}

/**
 * helmet's headers with a policy under which nothing may be loaded, and no copy kept. Taken from helmet
 * once: it would work them out again for each request.
 */
const securityHeaders = () => {
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' }
  const collect = {
    setHeader: (name: string, value: string) => void (headers[name] = value),
    removeHeader: () => undefined,
  }
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  })({} as Request, collect as unknown as Response, () => undefined)
  return (_: Request, response: Response, next: NextFunction) => {
    for (const name in headers) response.setHeader(name, headers[name] ?? '')
    next()
  }
}

/** Names each request, and logs one line when it is over: what was asked and how it went, nothing that was sent. */
const observe = (log: Logger) => (request: Request, response: Response, next: NextFunction) => {
  const began = performance.now()
  const requestId = uuidv7()
  response.locals['requestId'] = requestId
  response.setHeader('X-Request-Id', requestId)
  response.once('close', () => {
    const { operation, principal } = response.locals
    log.info(
      {
        requestId,
        method: request.method,
        operation: (operation ?? null) as string | null,
        principal: (principal ?? null) as string | null,
        from: request.ip ?? null,
        status: response.writableFinished ? response.statusCode : 'aborted',
        ms: Math.round((performance.now() - began) * 10) / 10,
      },
      'request',
    )
  })
  next()
}
