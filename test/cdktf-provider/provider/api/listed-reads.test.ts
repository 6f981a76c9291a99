import { setMaxListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  ListedReads,
  type ListedPage,
} from '../../../../cdktf-provider/provider/api/listed-reads.ts'

interface Item {
  readonly id: string
  readonly revision: number
}

const PAGE = 200
const idOf = (index: number) => `id-${index}`
const signal = new AbortController().signal
setMaxListeners(0, signal)

/** A list of `count` objects, and how many pages of it were read. */
function world(count: number) {
  const world = {
    revision: 1,
    now: 0,
    pages: 0,
    /** The next pages wait until `open` is called. */
    gate: Promise.resolve(),
    isBroken: false,
    aborted: 0,
  }
  const reads = new ListedReads<Item>(
    async (cursor, signal) => {
      world.pages += 1
      const { revision } = world
      signal.addEventListener('abort', () => (world.aborted += 1))
      await world.gate
      signal.throwIfAborted()
      if (world.isBroken) throw new Error('503')
      const from = Number(cursor ?? 0)
      const length = Math.min(PAGE, count - from)
      const items = Array.from({ length }, (_, index) => ({ id: idOf(from + index), revision }))
      const nextCursor = from + PAGE < count ? String(from + PAGE) : null
      return await Promise.resolve({ items, nextCursor } satisfies ListedPage<Item>)
    },
    () => world.now,
  )
  let opened = () => {}
  return Object.assign(world, {
    reads,
    close: () => void (world.gate = new Promise((resolve) => (opened = resolve))),
    open: () => opened(),
    look: (index: number, own = signal) => reads.look(idOf(index), own),
  })
}

/** Looks all of them up as Terraform does, `parallelism` at a time; resolves to the reads that stay single. */
async function refresh(
  { look }: ReturnType<typeof world>,
  indexes: readonly number[],
  parallelism: number,
): Promise<number> {
  let singles = 0
  const left = [...indexes]
  const worker = async () => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) {
      const item = await look(index)
      if (item === undefined) singles += 1
      else expect(item.id).toBe(idOf(index))
    }
  }
  await Promise.all(Array.from({ length: parallelism }, worker))
  return singles
}

/** The numbers below `count` in an order without order, the same each time. */
const shuffled = (count: number) =>
  Array.from({ length: count }, (_, index) => (index * 7919) % count)

describe('reads of one kind', () => {
  it.each([1, 2])('stay %d single calls', async (count) => {
    const one = world(1000)
    expect(await refresh(one, shuffled(count), 10)).toBe(count)
    expect(one.pages).toBe(0)
  })

  it.each([1, 10, 50])('cost five pages for a thousand, %d at a time', async (parallelism) => {
    const thousand = world(1000)
    expect(await refresh(thousand, shuffled(1000), parallelism)).toBe(2)
    expect(thousand.pages).toBe(5)
  })

  it('cost five pages for twenty out of a hundred thousand, and the rest are read singly', async () => {
    const huge = world(100_000)
    const scattered = Array.from({ length: 20 }, (_, index) => 3000 + index * 4000)
    expect(await refresh(huge, scattered, 10)).toBe(20)
    expect(huge.pages).toBe(5)
  })

  it('turn to pages again as long as pages bring something', async () => {
    const large = world(10_000)
    const singles = await refresh(large, shuffled(10_000), 10)
    expect(large.pages).toBe(50)
    expect(singles).toBeLessThan(500)
  })

  it('leave to a read of its own what the list does not show', async () => {
    const ten = world(10)
    expect(await refresh(ten, [1, 2], 1)).toBe(2)
    expect(await ten.look(10)).toBeUndefined()
    expect(await ten.look(9)).toMatchObject({ id: 'id-9' })
    expect(ten.pages).toBe(1)
  })

  it('are told each once: who asks again asks anew', async () => {
    const ten = world(10)
    await refresh(ten, [1, 2], 1)
    expect(await Promise.all([ten.look(3), ten.look(3)])).toEqual([
      { id: 'id-3', revision: 1 },
      undefined,
    ])
    expect(await ten.look(3)).toBeUndefined()
    expect(ten.pages).toBe(1)
  })
})

describe('what was listed', () => {
  it('is not told after something was changed, not even by a page that was under way', async () => {
    const ten = world(10)
    await refresh(ten, [1, 2], 1)
    ten.close()
    const before = ten.look(3)
    ten.revision = 2
    ten.reads.forget()
    const after = refresh(ten, [4, 5], 1).then(() => ten.look(6))
    ten.open()
    expect(await before).toMatchObject({ revision: 1 })
    expect(await after).toMatchObject({ revision: 2 })
    expect(ten.pages).toBe(2)
  })

  it('is not told a minute later', async () => {
    const ten = world(10)
    await refresh(ten, [1, 2, 3], 1)
    ten.revision = 2
    ten.now = 60_000
    expect(await ten.look(4)).toMatchObject({ revision: 1 })
    ten.now = 60_001
    expect(await ten.look(5)).toBeUndefined()
  })
})

describe('a list that cannot be read', () => {
  it('leaves all reads to themselves, and is not tried again', async () => {
    const broken = world(1000)
    broken.isBroken = true
    expect(await refresh(broken, shuffled(100), 10)).toBe(100)
    expect(broken.pages).toBe(1)
  })
})

describe('a read that is given up', () => {
  it('ends at once, and the others go on', async () => {
    const ten = world(10)
    await refresh(ten, [1, 2], 1)
    ten.close()
    const abort = new AbortController()
    const given = ten.look(3, abort.signal)
    const other = ten.look(4)
    abort.abort(new Error('too late'))
    await expect(given).rejects.toThrow('too late')
    expect(ten.aborted).toBe(0)
    ten.open()
    expect(await other).toMatchObject({ id: 'id-4' })
  })

  it('takes along the page that nobody else waits for, and the next read begins it again', async () => {
    const ten = world(10)
    await refresh(ten, [1, 2], 1)
    ten.close()
    const abort = new AbortController()
    const given = ten.look(3, abort.signal)
    abort.abort(new Error('too late'))
    await expect(given).rejects.toThrow('too late')
    expect(ten.aborted).toBe(1)
    const next = ten.look(4)
    ten.open()
    expect(await next).toMatchObject({ id: 'id-4' })
    expect(ten.pages).toBe(2)
    await expect(ten.look(5, abort.signal)).rejects.toThrow('too late')
  })
})
