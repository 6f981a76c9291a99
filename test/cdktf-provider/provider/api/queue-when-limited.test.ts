import { describe, expect, it } from 'vitest'
import type { TransportRequest } from '../../../../contract/client.ts'
import type { Pacing } from '../../../../contract/waiting.ts'
import { queueWhenLimited } from '../../../../cdktf-provider/provider/api/queue-when-limited.ts'

const request = (name: string, signal?: AbortSignal): TransportRequest => ({
  operation: 'WhoAmI',
  method: 'GET',
  url: new URL(`http://api/${name}`),
  headers: {},
  body: undefined,
  signal,
})

const still: Pacing = { wait: () => Promise.resolve(), now: () => 0, random: () => 0 }

/** Lets `tokens` requests pass, and one more for each second that was waited. */
function limitedServer(tokens: number) {
  const passed: string[] = []
  const pauses: number[] = []
  let underWay = 0
  let atOnce = 0
  const send = queueWhenLimited(
    async ({ url }) => {
      atOnce = Math.max(atOnce, ++underWay)
      await Promise.resolve()
      underWay -= 1
      const passes = tokens > 0
      if (passes) tokens -= 1
      if (passes) passed.push(url.pathname.slice(1))
      return { status: passes ? 200 : 429, header: () => '1', text: '' }
    },
    {
      pacing: {
        ...still,
        wait: async (milliseconds, signal) => {
          signal?.throwIfAborted()
          await Promise.resolve()
          pauses.push(milliseconds)
          tokens += milliseconds / 1000
        },
      },
    },
  )
  return {
    send,
    passed,
    pauses,
    allow: (more: number) => void (tokens += more),
    atOnce: () => atOnce,
  }
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

describe('requests under a rate limit', () => {
  it('all pass, none is refused more often than it waits, and all in their order', async () => {
    const server = limitedServer(3)
    const answers = await Promise.all(names.map((name) => server.send(request(name))))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(server.passed).toEqual(names)
    expect(server.pauses).toEqual(Array.from({ length: 7 }, () => 1000))
  })

  it('pass side by side again once the limit is over', async () => {
    const server = limitedServer(0)
    await server.send(request('first'))
    server.allow(10)
    await Promise.all(names.map((name) => server.send(request(name))))
    expect(server.pauses).toHaveLength(1)
    expect(server.atOnce()).toBe(10)
  })

  it('leave the line when they are aborted, and the others go on', async () => {
    const server = limitedServer(0)
    const abort = new AbortController()
    const first = server.send(request('first', abort.signal))
    const second = server.send(request('second'))
    abort.abort()
    await expect(first).rejects.toThrow('aborted')
    await expect(second).resolves.toMatchObject({ status: 200 })
    expect(server.passed).toEqual(['second'])
  })

  it('leave the line although the first of them waits, and let the next one pass', async () => {
    let goOn = () => {}
    const told = [429, 200, 200]
    const passed: string[] = []
    const send = queueWhenLimited(
      async ({ url }) => {
        const status = told.shift() ?? 200
        if (status === 200) passed.push(url.pathname.slice(1))
        return await Promise.resolve({ status, header: () => '1', text: '' })
      },
      { pacing: { ...still, wait: () => new Promise((resolve) => (goOn = resolve)) } },
    )
    const first = send(request('first'))
    await new Promise(setImmediate)
    const abort = new AbortController()
    const second = send(request('second', abort.signal))
    const third = send(request('third'))
    abort.abort()
    await expect(second).rejects.toThrow('aborted')
    expect(passed).toEqual([])
    goOn()
    await Promise.all([first, third])
    expect(passed).toEqual(['first', 'third'])
  })

  it('are told of a limit that does not end within ten minutes', async () => {
    const send = queueWhenLimited(
      async () => await Promise.resolve({ status: 429, header: () => '60', text: '' }),
      { pacing: still },
    )
    await expect(send(request('late'))).resolves.toMatchObject({ status: 429 })
  })

  it('wait as long as they are told to, and up to a fifth longer', async () => {
    const told = ['7', 'Thu, 01 Jan 1970 00:00:20 GMT', null]
    const pauses: number[] = []
    const send = queueWhenLimited(
      async () => {
        const header = told.shift()
        return await Promise.resolve({
          status: header === undefined ? 200 : 429,
          header: () => header ?? null,
          text: '',
        })
      },
      { pacing: { ...still, random: () => 0.5 }, onPause: ({ pauseMs }) => pauses.push(pauseMs) },
    )
    await send(request('one'))
    expect(pauses).toEqual([7700, 22_000, 1100])
  })

  it('do not begin a pause that is longer than ten minutes', async () => {
    const pauses: number[] = []
    const send = queueWhenLimited(
      async () => await Promise.resolve({ status: 429, header: () => '3600', text: '' }),
      { pacing: still, onPause: ({ pauseMs }) => pauses.push(pauseMs) },
    )
    await expect(send(request('late'))).resolves.toMatchObject({ status: 429 })
    expect(pauses).toEqual([])
  })
})
