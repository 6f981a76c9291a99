import { describe, expect, it } from 'vitest'
import type { TransportRequest } from '../../../contract/client.ts'
import { queueWhenLimited } from '../../../cdktf-provider/provider/queue-when-limited.ts'

const request = (name: string, signal?: AbortSignal): TransportRequest => ({
  method: 'GET',
  url: new URL(`http://api/${name}`),
  headers: {},
  body: undefined,
  signal,
})

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
      wait: async (milliseconds, signal) => {
        signal?.throwIfAborted()
        await Promise.resolve()
        pauses.push(milliseconds)
        tokens += milliseconds / 1000
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

  it('are told of a limit that does not end within ten minutes', async () => {
    const send = queueWhenLimited(
      async () => await Promise.resolve({ status: 429, header: () => '60', text: '' }),
      { wait: () => Promise.resolve() },
    )
    await expect(send(request('late'))).resolves.toMatchObject({ status: 429 })
  })
})
