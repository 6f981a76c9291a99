import { expect } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import type { Keeps } from '../backend-harness.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { type Cases, owner, signal } from './suite.ts'

type Call = (backend: SecretBackend, path: string, signal: AbortSignal) => Promise<unknown>

/** Everything that a store can be asked, about one path. */
function everyCall({ softDelete }: Keeps): readonly (readonly [string, Call])[] {
  const value = SecretValue.fromText('x')
  const calls: Readonly<Record<string, Call>> = {
    read: (backend, path, signal) => backend.read(path, { signal }),
    write: (backend, path, signal) =>
      backend.write(path, value, { signal, owner, isNew: true, encoding: 'utf8' }),
    remove: (backend, path, signal) => backend.remove(path, { signal, owner, forGood: true }),
    // Where there is no soft delete there is nothing to restore, and nothing is asked.
    ...(softDelete && {
      restore: (backend: SecretBackend, path: string, signal: AbortSignal) =>
        backend.restore(path, { signal, owner }),
    }),
    list: (backend, path, signal) => backend.list({ signal, limit: 10, prefix: path }),
    check: (backend, _, signal) => backend.check({ signal }),
  }
  return Object.entries(calls)
}

export const refusals = {
  'is forbidden what its credentials may not do': {
    async run({ store, backend }) {
      const path = store.forbiddenPath
      const value = SecretValue.fromText('x')
      const options = { signal, owner, isNew: true, encoding: 'utf8' } as const
      expect(await codeOf(backend.read(path, { signal }))).toBe('forbidden')
      expect(await codeOf(backend.write(path, value, options))).toBe('forbidden')
    },
  },
  'is forbidden everything with wrong credentials': {
    async run({ store, keeps, alone }) {
      await store.put('with-wrong', '{"value":"x"}')
      const path = store.path('with-wrong')
      await alone(
        () => store.openWithWrongCredentials(),
        async ({ backend }) => {
          for (const [name, call] of everyCall(keeps)) {
            expect(await codeOf(call(backend, path, signal)), name).toBe('forbidden')
          }
        },
      )
      expect(JSON.parse((await store.get('with-wrong'))?.toString() ?? '')).toEqual({ value: 'x' })
    },
  },
  'is unreachable where nobody answers, and knows that nothing was sent': {
    async run({ store, keeps, alone }) {
      const path = store.path('plain')
      for (const [name, call] of everyCall(keeps)) {
        // Each on a backend of its own: one that has failed often enough is not asked any more.
        await alone(
          () => store.openUnreachable(),
          async ({ backend }) => {
            const failure = await failureOf(call(backend, path, signal))
            expect(failure, name).toMatchObject({ code: 'unreachable', notSent: true })
          },
        )
      }
    },
  },
  'stops when it is told to': {
    async run({ store, keeps, backend }) {
      const path = store.path('stopped')
      for (const [name, call] of everyCall(keeps)) {
        expect(await codeOf(call(backend, path, AbortSignal.abort())), name).toBe('timeout')
      }
      expect(await store.get('stopped')).toBeNull()
    },
  },
  'checks its credentials': {
    async run({ backend }) {
      const report = await backend.check({ signal })
      expect(report.identity).toBeTypeOf('object')
      for (const answer of Object.values(report.can)) expect([true, 'unknown']).toContain(answer)
    },
  },
} satisfies Cases
