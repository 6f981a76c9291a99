import { expect } from 'vitest'
import { codeOf } from '../failure-of.ts'
import { type Cases, type Suite, somebody } from './suite.ts'

/** Whether a secret of ours can be read no more. */
async function isGone({ written }: Suite, name: string, version?: string): Promise<boolean> {
  const outcome = await written(name, version).catch((error: { code: string }) => error.code)
  return [null, 'version_deleted', 'secret_disabled'].some((gone) => gone === outcome)
}

export const removing = {
  'removes softly, as often as it is asked to': {
    needs: 'softDelete',
    async run(suite) {
      await suite.write('removed', 'x')
      await suite.remove('removed')
      expect(await isGone(suite, 'removed')).toBe(true)
      await suite.remove('removed')
      expect(await isGone(suite, 'removed')).toBe(true)
    },
  },
  'restores what it removed, as often as it is asked to': {
    needs: 'softDelete',
    async run({ write, written, remove, restore }) {
      await write('restored', 'one')
      await write('restored', 'two', { isNew: false })
      await remove('restored')
      await remove('restored')
      await restore('restored')
      await restore('restored')
      expect((await written('restored'))?.toString()).toBe('two')
      await write('restored', 'three', { isNew: false })
      expect((await written('restored'))?.toString()).toBe('three')
    },
  },
  'leaves no version readable that it removed, and restores them all': {
    needs: 'softDelete',
    async run(suite) {
      const { write, written, remove, restore } = suite
      const one = await write('all-versions', 'one')
      const two = await write('all-versions', 'two', { isNew: false })
      await remove('all-versions')
      for (const { version } of [one, two]) {
        expect(await isGone(suite, 'all-versions', version)).toBe(true)
      }
      await restore('all-versions')
      expect((await written('all-versions', one.version))?.toString()).toBe('one')
      expect((await written('all-versions', two.version))?.toString()).toBe('two')
    },
  },
  'loses nothing before it is for good': {
    async run({ write, written, remove, restore }) {
      await write('kept', 'x')
      await remove('kept')
      await restore('kept')
      expect((await written('kept'))?.toString()).toBe('x')
    },
  },
  'restores nothing where nothing was removed': {
    async run({ write, written, restore }) {
      await restore('never-there')
      expect(await written('never-there')).toBeNull()
      await write('still-there', 'x')
      await restore('still-there')
      expect((await written('still-there'))?.toString()).toBe('x')
    },
  },
  'does not write a new secret over one that it removed': {
    needs: 'softDelete',
    async run({ write, written, remove, restore }) {
      await write('removed-taken', 'first')
      await remove('removed-taken')
      expect(await codeOf(write('removed-taken', 'second'))).toBe('path_taken')
      await restore('removed-taken')
      expect((await written('removed-taken'))?.toString()).toBe('first')
    },
  },
  'removes for good, at once or later, as often as it is asked to': {
    async run({ store, write, written, remove }) {
      await write('for-good', 'one')
      await write('for-good', 'two', { isNew: false })
      await remove('for-good', { forGood: true })
      await remove('for-good', { forGood: true })
      await write('later', 'x')
      await remove('later')
      await remove('later', { forGood: true })
      for (const name of ['for-good', 'later']) {
        expect(await written(name)).toBeNull()
        expect(await store.get(name)).toBeNull()
      }
    },
  },
  'writes anew where it removed for good': {
    async run({ write, written, remove }) {
      await write('anew', 'old')
      await remove('anew', { forGood: true })
      await write('anew', 'new')
      expect((await written('anew'))?.toString()).toBe('new')
    },
  },
  'removes nothing where nothing is': {
    async run({ remove }) {
      await expect(remove('never-written')).resolves.toBeUndefined()
      await expect(remove('never-written', { forGood: true })).resolves.toBeUndefined()
    },
  },
  'does not remove what somebody else made': {
    needs: 'marks',
    async run({ store, remove }) {
      await store.put('not-ours', '{"value":"theirs"}')
      expect(await codeOf(remove('not-ours'))).toBe('not_ours')
      expect(await codeOf(remove('not-ours', { forGood: true }))).toBe('not_ours')
      expect(JSON.parse((await store.get('not-ours'))?.toString() ?? '')).toEqual({
        value: 'theirs',
      })
    },
  },
  'does not remove what belongs to another secret of ours': {
    needs: 'marks',
    async run({ write, written, remove }) {
      await write('of-another', 'x', { owner: somebody })
      expect(await codeOf(remove('of-another'))).toBe('not_ours')
      expect(await codeOf(remove('of-another', { forGood: true }))).toBe('not_ours')
      expect((await written('of-another'))?.toString()).toBe('x')
    },
  },
} satisfies Cases
