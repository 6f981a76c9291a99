import http from 'node:http'

/** Sends a JSON body over node:http and resolves to the text of the answer, which must be a success. */
export function post(
  agent: http.Agent,
  url: string,
  path: string,
  token: string,
  body: unknown,
): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return sendOver(agent, new URL(path, url), headers, JSON.stringify(body))
}

/** Asks for it, and resolves to the text of the answer, which must be a success. */
export const get = (agent: http.Agent, url: string, path: string, token: string): Promise<string> =>
  sendOver(agent, new URL(path, url), { authorization: `Bearer ${token}` })

/** A POST when there is a body, and a GET otherwise. */
export function sendOver(
  agent: http.Agent,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = http.request(url, {
      agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...length },
    })
    request.once('error', reject)
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`${url.host} answered ${response.statusCode}: ${text}`))
      })
    })
    request.end(body)
  })
}
