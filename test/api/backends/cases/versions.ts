import { expect } from 'vitest'
import { codeOf, failureOf } from '../failure-of.ts'
import type { Cases } from './suite.ts'

export const versions = {
  'reads the version that is named, and the current one otherwise': {
    needs: 'versions',
    async run({ store, read, valueOf }) {
      const first = await store.put('versions', '{"value":"old"}')
      const second = await store.put('versions', '{"value":"new"}')
      const old = await read('versions', first)
      expect(old?.version).toBe(first)
      expect(old?.value.reveal().toString()).toContain('old')
      expect((await read('versions'))?.version).toBe(second)
      expect(await valueOf('versions', 'value')).toBe('new')
    },
  },
  'tells a deleted version from a missing one': {
    by: 'deleteVersion',
    async run({ store, read, valueOf }) {
      const first = (await store.put('deleted', '{"value":"x"}')) ?? ''
      await store.put('deleted', '{"value":"y"}')
      await store.deleteVersion?.('deleted', first)
      expect(await codeOf(read('deleted', first))).toBe('version_deleted')
      expect(await valueOf('deleted', 'value')).toBe('y')
    },
  },
  'says so when the current version is deleted': {
    by: 'deleteVersion',
    async run({ store, read }) {
      const only = (await store.put('deleted-now', '{"value":"x"}')) ?? ''
      await store.deleteVersion?.('deleted-now', only)
      expect(await codeOf(read('deleted-now'))).toBe('version_deleted')
      expect(await codeOf(read('deleted-now', '99'))).toBe('version_missing')
    },
  },
  'says so when a version is destroyed': {
    by: 'destroyVersion',
    async run({ store, read }) {
      const only = (await store.put('destroyed', '{"value":"x"}')) ?? ''
      await store.destroyVersion?.('destroyed', only)
      const failure = await failureOf(read('destroyed'))
      expect(failure.code).toBe('version_deleted')
      expect(failure.message).toContain('destroyed')
    },
  },
  'says so when a version is disabled': {
    by: 'disableVersion',
    async run({ store, read }) {
      const only = (await store.put('disabled', '{"value":"x"}')) ?? ''
      await store.disableVersion?.('disabled', only)
      expect(await codeOf(read('disabled'))).toBe('secret_disabled')
      expect(await codeOf(read('disabled', only))).toBe('secret_disabled')
    },
  },
} satisfies Cases
