import { expect } from 'vitest'
import { type Cases, signal } from './suite.ts'

export const listing = {
  'lists what is there, page by page, in a stable order': {
    async run({ store, list }) {
      const names = ['paged/a', 'paged/b', 'paged/c', 'paged/d', 'paged/e']
      for (const name of names) await store.put(name, '{"value":"x"}')
      const pages = await list(store.path('paged'), 2)
      expect(pages.flat().sort()).toEqual(names.map((name) => store.path(name)))
      expect(Math.max(...pages.map((page) => page.length))).toBe(2)
      expect(await list(store.path('paged'), 2)).toEqual(pages)
      expect((await list(store.path('paged'), 100)).flat()).toEqual(pages.flat())
    },
  },
  'lists paths that can be read': {
    async run({ store, list, backend }) {
      await store.put('readable/with.dot-and_line', '{"value":"x"}')
      const [path = ''] = (await list(store.path('readable'), 10)).flat()
      expect(await backend.read(path, { signal })).not.toBeNull()
    },
  },
  'lists only what begins as it is told': {
    async run({ store, list }) {
      await store.put('begins/here', '{"value":"x"}')
      await store.put('elsewhere/there', '{"value":"x"}')
      expect((await list(store.path('begins'), 10)).flat()).toEqual([store.path('begins/here')])
      expect(await list(store.path('nothing-begins-so'), 10)).toEqual([[]])
    },
  },
  'names folders, and not what is in them': {
    needs: 'folders',
    async run({ store, list }) {
      for (const name of ['tree/leaf', 'tree/twig', 'tree/twig/a', 'tree/branch/b/c']) {
        await store.put(name, '{"value":"x"}')
      }
      expect([...(await list(store.path('tree'), 100)).flat()].sort()).toEqual(
        ['tree/branch/', 'tree/leaf', 'tree/twig', 'tree/twig/'].map((name) => store.path(name)),
      )
    },
  },
  'lists from the top when it is told nothing': {
    async run({ store, list }) {
      await store.put('at-the-top', '{"value":"x"}')
      const listed = (await list(undefined, 200)).flat()
      const place = store.path('at-the-top')
      expect(
        listed.some((path) => path === place || (path.endsWith('/') && place.startsWith(path))),
      ).toBe(true)
    },
  },
  'lists what it wrote, and not what it removed for good': {
    async run({ store, write, remove, list }) {
      await write('own/one', 'x')
      await write('own/two', 'x')
      await remove('own/two', { forGood: true })
      expect((await list(store.path('own'), 10)).flat()).toEqual([store.path('own/one')])
    },
  },
} satisfies Cases
