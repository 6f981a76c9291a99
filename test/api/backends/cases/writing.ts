import { expect } from 'vitest'
import { codeOf } from '../failure-of.ts'
import { everyByte } from './reading.ts'
import { type Cases, owner, somebody } from './suite.ts'

export const writing = {
  'writes a new secret, and reads its exact bytes': {
    async run({ write, written }) {
      const texts = [
        's3cr3t',
        '{"value":"x"}',
        '"quoted"',
        ' a\r\n\tañ漢😀\u0000\u2028\n ',
        'ñ'.repeat(12_000),
      ]
      for (const [at, text] of texts.entries()) {
        await write(`new-${at}`, text)
        expect((await written(`new-${at}`))?.toString()).toBe(text)
      }
    },
  },
  'writes bytes, be they text or not': {
    async run({ write, written }) {
      for (const bytes of [
        everyByte,
        Buffer.from('plain'),
        Buffer.from([0]),
        Buffer.from([0xff]),
      ]) {
        const name = `new-bytes-${bytes.length}-${bytes[0]}`
        await write(name, bytes)
        expect(await written(name)).toEqual(bytes)
      }
    },
  },
  'keeps a text readable for others: as it is, or as the only key of an object': {
    async run({ store, keeps, write, valueOf }) {
      await write('for-others', 'text')
      const stored = (await store.get('for-others'))?.toString() ?? ''
      expect(keeps.shape === 'object' ? JSON.parse(stored) : stored).toEqual(
        keeps.shape === 'object' ? { value: 'text' } : 'text',
      )
      expect(await valueOf('for-others')).toBe('text')
    },
  },
  'writes the next version': {
    async run({ keeps, write, written }) {
      const first = await write('next', 'one')
      const second = await write('next', 'two', { isNew: false })
      expect((await written('next'))?.toString()).toBe('two')
      expect(typeof first.version).toBe(keeps.versions ? 'string' : 'undefined')
      if (!keeps.versions) return
      expect(second.version).not.toBe(first.version)
      expect((await written('next', first.version))?.toString()).toBe('one')
      expect((await written('next', second.version))?.toString()).toBe('two')
    },
  },
  'turns a text into bytes, and bytes into a text, in the next version': {
    async run({ write, written }) {
      await write('turns', 'text')
      await write('turns', everyByte, { isNew: false })
      expect(await written('turns')).toEqual(everyByte)
      await write('turns', 'text again', { isNew: false })
      expect((await written('turns'))?.toString()).toBe('text again')
    },
  },
  'does not write over what it wrote': {
    async run({ write, written }) {
      await write('taken', 'first')
      expect(await codeOf(write('taken', 'second'))).toBe('path_taken')
      expect((await written('taken'))?.toString()).toBe('first')
    },
  },
  'does not write over what somebody else stored': {
    async run({ store, write }) {
      await store.put('theirs', '{"value":"theirs"}')
      expect(await codeOf(write('theirs', 'ours'))).toBe('path_taken')
      expect(JSON.parse((await store.get('theirs'))?.toString() ?? '')).toEqual({ value: 'theirs' })
    },
  },
  'lets one of many that write the same new secret succeed': {
    async run({ store, write, written }) {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, at) => write('race', `value ${at}`)),
      )
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
      const losers = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(losers.map(({ reason }) => (reason as { code: string }).code)).toEqual(
        Array(7).fill('path_taken'),
      )
      expect((await written('race'))?.toString()).toBe(`value ${winner}`)
      if (store.markOf) expect(await store.markOf('race')).toBe(owner)
    },
  },
  'marks what it writes as ours': {
    needs: 'marks',
    by: 'markOf',
    async run({ store, write }) {
      await store.put('unmarked', '{"value":"theirs"}')
      await write('marked', 'ours')
      expect(await store.markOf?.('unmarked')).toBeUndefined()
      expect(await store.markOf?.('marked')).toBe(owner)
      await write('marked', 'ours, again', { isNew: false })
      expect(await store.markOf?.('marked')).toBe(owner)
    },
  },
  'has written what it may not mark': {
    needs: 'separateMarks',
    by: 'openWithoutMarks',
    run: ({ store, alone }) =>
      alone(
        async () => (await store.openWithoutMarks?.()) ?? store.open(),
        async (own) => {
          await own.write('without-mark', 'one')
          await own.write('without-mark', 'two', { isNew: false })
          expect((await own.written('without-mark'))?.toString()).toBe('two')
          await own.remove('without-mark')
          expect(await codeOf(own.read('without-mark', '1'))).toBe('version_deleted')
          await own.restore('without-mark')
          expect((await own.written('without-mark'))?.toString()).toBe('two')
          await store.heal?.()
          expect(await store.markOf?.('without-mark')).toBeUndefined()
        },
      ),
  },
  'writes no next version of what is not, or no longer, its own': {
    needs: 'marks',
    async run({ store, write, written }) {
      await store.put('next-of-theirs', '{"value":"theirs"}')
      await write('next-of-another', 'x', { owner: somebody })
      for (const name of ['next-of-theirs', 'next-of-another']) {
        expect(await codeOf(write(name, 'ours', { isNew: false })), name).toBe('not_ours')
      }
      expect(JSON.parse((await store.get('next-of-theirs'))?.toString() ?? '')).toEqual({
        value: 'theirs',
      })
      expect((await written('next-of-another'))?.toString()).toBe('x')
    },
  },
} satisfies Cases
