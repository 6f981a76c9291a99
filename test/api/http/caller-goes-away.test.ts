import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Admission } from '../../../api/http/admission.ts'
import type { Idempotency } from '../../../api/http/idempotency.ts'
import { router } from '../../../api/http/router.ts'
import type { Context, Handlers } from '../../../api/operations/operation.ts'

/** What the handler of the next request does, once it has begun and once its caller has gone. */
let onBegin: (context: Context) => void
let onGone: (context: Context) => void

const app = express()
let gone: Promise<void>
app.use((_, response, next) => {
  gone = new Promise((resolve) => response.once('close', resolve))
  next()
})
app.use(
  router({
    handlers: {
      WhoAmI: async (_: unknown, context: Context) => {
        onBegin(context)
        await gone
        onGone(context)
        throw new Error('nobody waits for an answer')
      },
    } as unknown as Handlers,
    admission: { admit: async () => ({ id: 'x' }) } as unknown as Admission,
    idempotency: {} as Idempotency,
  }),
)
app.use((_: unknown, _request: unknown, _response: unknown, _next: unknown) => undefined)

const server = createServer(app)
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

/** Sends a request, and leaves as soon as the handler has begun. */
async function askAndLeave(
  begun: (context: Context) => void,
  left: (context: Context) => void,
): Promise<void> {
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path: '/api/whoami' })
    asking.on('error', () => undefined)
    onBegin = (context) => {
      begun(context)
      asking.destroy()
    }
    onGone = (context) => {
      try {
        left(context)
        resolve()
      } catch (error) {
        reject(error as Error)
      }
    }
    asking.end()
  })
}

it('ends what an operation waits for when its caller goes away', async () => {
  let signal: AbortSignal | undefined
  await askAndLeave(
    (context) => {
      signal = context.signal
      expect(signal.aborted).toBe(false)
    },
    (context) => {
      expect(signal?.aborted).toBe(true)
      expect(context.signal).toBe(signal)
    },
  )
})

it('begins nothing for a caller who has gone before it was asked for', async () => {
  await askAndLeave(
    () => undefined,
    (context) => expect(context.signal.aborted).toBe(true),
  )
})
