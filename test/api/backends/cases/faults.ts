import { expect } from 'vitest'
import { codeOf } from '../failure-of.ts'
import { startServer } from '../fake-server.ts'
import type { Cases, Suite } from './suite.ts'

/** On a backend of its own that has read once, since logging in is another matter. */
const onceOpen = (suite: Suite, use: (suite: Suite) => Promise<void>): Promise<void> =>
  suite.alone(
    () => suite.store.open(),
    async (own) => {
      await own.store.put('faulty', '{"value":"x"}')
      expect(await own.valueOf('faulty', 'value')).toBe('x')
      try {
        await use(own)
      } finally {
        await own.store.heal?.()
      }
    },
  )

export const faults = {
  'has its credentials renewed when they have expired': {
    by: 'expireCredentials',
    run: (suite) =>
      onceOpen(suite, async ({ store, valueOf, write, written }) => {
        await store.expireCredentials?.()
        expect(await valueOf('faulty', 'value')).toBe('x')
        await store.expireCredentials?.()
        await write('after-expiry', 'y')
        expect((await written('after-expiry'))?.toString()).toBe('y')
      }),
  },
  'asks again when it is throttled, for reading and for writing': {
    by: 'throttle',
    run: (suite) =>
      onceOpen(suite, async ({ store, valueOf, write, written }) => {
        await store.throttle?.(1)
        expect(await valueOf('faulty', 'value')).toBe('x')
        await store.throttle?.(1)
        await write('after-throttling', 'y')
        expect((await written('after-throttling'))?.toString()).toBe('y')
      }),
  },
  'says so when it is throttled for longer': {
    by: 'throttle',
    run: (suite) =>
      onceOpen(suite, async ({ store, read, write }) => {
        await store.throttle?.(1000)
        expect(await codeOf(read('faulty'))).toBe('throttled')
        expect(await codeOf(write('throttled', 'y'))).toBe('throttled')
      }),
  },
  'gives up a slow store at the deadline': {
    by: 'stall',
    run: (suite) =>
      onceOpen(suite, async ({ store, backend }) => {
        await store.stall?.()
        const signal = AbortSignal.timeout(100)
        expect(await codeOf(backend.read(store.path('faulty'), { signal }))).toBe('timeout')
        expect(await codeOf(backend.check({ signal }))).toBe('timeout')
      }),
  },
  'follows no redirect': {
    by: 'redirect',
    async run(suite) {
      const trap = await startServer((_, response) => response.end('{"value":"trapped"}'))
      try {
        await onceOpen(suite, async ({ store, read, write }) => {
          await store.redirect?.(trap.address)
          expect(await codeOf(read('faulty'))).toBe('redirect_refused')
          expect(await codeOf(write('redirected', 'y'))).toBe('redirect_refused')
        })
        expect(trap.connections()).toBe(0)
      } finally {
        await trap.close()
      }
    },
  },
  'refuses an answer that is larger than any secret': {
    by: 'answerHuge',
    run: (suite) =>
      onceOpen(suite, async ({ store, read }) => {
        await store.answerHuge?.()
        expect(await codeOf(read('faulty'))).toBe('too_large')
      }),
  },
  'takes no page for an answer, nor for a success': {
    by: 'answerHtml',
    run: (suite) =>
      onceOpen(suite, async ({ store, read, write, remove }) => {
        await store.answerHtml?.()
        expect(await codeOf(read('faulty'))).toBe('unreadable_answer')
        expect(await codeOf(write('no-success', 'y'))).toBe('unreadable_answer')
        expect(await codeOf(remove('faulty', { forGood: true }))).toBe('unreadable_answer')
      }),
  },
} satisfies Cases
