import { expect } from 'vitest'
import { codeOf, failureOf } from '../failure-of.ts'
import { type Cases, signal } from './suite.ts'

export const reading = {
  'reads what is stored': {
    async run({ store, keeps, read }) {
      const version = await store.put('plain', '{"password":"s3cr3t","user":"app"}')
      const stored = await read('plain')
      expect(stored?.shape).toBe(keeps.shape)
      expect(stored?.version).toBe(version)
      expect(JSON.parse(stored?.value.reveal().toString() ?? '')).toEqual({
        password: 's3cr3t',
        user: 'app',
      })
    },
  },
  'gives one key of several, and a pointer into it': {
    async run({ store, valueOf }) {
      await store.put('keys', '{"user":"app","nested":{"list":[1,{"deep":"here"}]},"port":5432}')
      expect(await valueOf('keys', 'user')).toBe('app')
      expect(await valueOf('keys', 'port')).toBe('5432')
      expect(await valueOf('keys', '/nested/list/1/deep')).toBe('here')
    },
  },
  'names the keys that are there when the one asked for is not': {
    async run({ store, valueOf }) {
      await store.put('other-keys', '{"pass":"1","user":"2"}')
      const failure = await failureOf(valueOf('other-keys', 'password'))
      expect(failure.code).toBe('key_missing')
      expect([...(failure.availableKeys ?? [])].sort()).toEqual(['pass', 'user'])
    },
  },
  'keeps text exactly: line ends, spaces at the ends, NUL, characters of every size': {
    async run({ store, keeps, valueOf }) {
      const text = ' -----BEGIN KEY-----\r\n\tañ漢😀\u0000\n\n '
      await store.put('exact', keeps.shape === 'object' ? JSON.stringify({ text }) : text)
      expect(await valueOf('exact')).toBe(text)
    },
  },
  'reads bytes that are no text': {
    needs: 'binary',
    async run({ store, read }) {
      await store.put('bytes', everyByte)
      expect((await read('bytes'))?.value.reveal()).toEqual(everyByte)
    },
  },
  'reads a value of 64 KiB': {
    async run({ store, keeps, valueOf }) {
      const text = 'é'.repeat(32 * 1024)
      await store.put('large', keeps.shape === 'object' ? JSON.stringify({ text }) : text)
      expect(await valueOf('large')).toBe(text)
    },
  },
  'reads many at once': {
    async run({ store, valueOf }) {
      const names = Array.from({ length: 50 }, (_, at) => `many-${at}`)
      for (const each of names) await store.put(each, JSON.stringify({ each }))
      expect(await Promise.all(names.map((each) => valueOf(each, 'each')))).toEqual(names)
    },
  },
  'answers each read of a batch by itself': {
    needs: 'batch',
    async run({ store, backend: { batch } }) {
      await store.put('batch-a', '{"at":"a"}')
      await store.put('batch-b', '{"at":"b"}')
      const names = ['batch-a', 'batch-none', 'batch-b', 'batch-a']
      const reads = names.map((name) => ({ path: store.path(name) }))
      const outcomes = (await batch?.read(reads, { signal })) ?? []
      expect(
        outcomes.map((outcome) =>
          outcome && 'value' in outcome ? outcome.value.reveal().toString() : outcome,
        ),
      ).toEqual(['{"at":"a"}', null, '{"at":"b"}', '{"at":"a"}'])
    },
  },
  'answers null where nothing is stored, for any version': {
    async run({ keeps, read }) {
      expect(await read('nothing-here')).toBeNull()
      if (keeps.versions) expect(await read('nothing-here', '1')).toBeNull()
    },
  },
  'says that there is no such version': {
    async run({ store, read }) {
      await store.put('one-version', '{"value":"x"}')
      for (const version of ['99', '0', '-1', '1.5', 'one', '', '1&x=1']) {
        expect(await codeOf(read('one-version', version)), version).toBe('version_missing')
      }
    },
  },
} satisfies Cases

/** Also no UTF-8. */
export const everyByte = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
