import { request } from 'node:https'
import type { CloudDoubles } from './servers/cloud-doubles.ts'

/** Asks a key vault as somebody else than us; `null` when nothing is there. */
export async function askVault(
  { keyVault, ca }: CloudDoubles,
  method: string,
  target: string,
  body?: object,
): Promise<VaultAnswer | null> {
  const url = new URL(`${target}?api-version=7.4`, keyVault)
  const headers = { authorization: 'Bearer of-somebody', 'content-type': 'application/json' }
  return await new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, ca }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        if (response.statusCode === 404) resolve(null)
        else if (response.statusCode === 200) resolve(JSON.parse(text) as VaultAnswer)
        else reject(new Error(`${method} ${target}: ${response.statusCode} ${text}`))
      })
    })
    outgoing.on('error', reject).end(body && JSON.stringify(body))
  })
}

export interface VaultAnswer {
  readonly id?: string
  readonly value?: string
  readonly tags?: Readonly<Record<string, string>>
}
