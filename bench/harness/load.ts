import { connect, type Socket } from 'node:net'

export interface LoadResult {
  /** How long each answer took. */
  readonly times: readonly number[]
  readonly perSecond: number
}

/** How much of it: for so long, or until there are so many answers. */
export type Amount = { readonly ms: number } | { readonly answers: number }

/**
 * Sends one request again and again from so many callers, each of which waits for its answer before
 * it asks again. Bare sockets and ready-made bytes: the generator runs on the cores of what it
 * measures, and node:http would take a third of one.
 */
export async function load(
  url: string,
  request: Buffer,
  { callers, ...amount }: { readonly callers: number } & Amount,
): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: callers }, () => open(url)))
  const times: number[] = []
  const began = performance.now()
  const isOver = () =>
    'ms' in amount
      ? performance.now() >= began + amount.ms
      : times.length + callers > amount.answers // the other callers' last ones are under way
  await Promise.all(sockets.map((socket) => repeat(socket, request, times, isOver)))
  const seconds = (performance.now() - began) / 1000
  return { times, perSecond: times.length / seconds }
}

/** The bytes of a POST with a JSON body. */
export function jsonPost(url: string, path: string, token: string, body: unknown): Buffer {
  const text = JSON.stringify(body)
  return Buffer.from(
    [
      `POST ${path} HTTP/1.1`,
      `Host: ${new URL(url).host}`,
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n'),
  )
}

function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

function repeat(
  socket: Socket,
  request: Buffer,
  times: number[],
  isOver: () => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = 0
    let received = ''
    const ask = () => {
      received = ''
      asked = performance.now()
      socket.write(request)
    }
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
      if (!isWhole(received)) return
      if (!received.startsWith('HTTP/1.1 200 ')) {
        socket.destroy()
        return reject(new Error(`The API answered ${received}`))
      }
      times.push(performance.now() - asked)
      if (!isOver()) return ask()
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
    socket.once('end', () => reject(new Error('The API closed a connection under load.')))
    ask()
  })
}

function isWhole(received: string): boolean {
  const head = received.indexOf('\r\n\r\n')
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1]
  return head > 0 && received.length >= head + 4 + Number(length)
}
