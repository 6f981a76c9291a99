import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'

export interface HttpsAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What `fetch` would do, if it could be told whom to trust. */
export async function httpsRequest(
  url: string,
  options: {
    /** Certificates, in PEM. */
    readonly ca: string
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
    readonly signal?: AbortSignal
  },
): Promise<HttpsAnswer> {
  const { body, ...rest } = options
  // No agent: nothing stays open after the answer.
  const sent = request(url, { ...rest, agent: false }).end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }
}
