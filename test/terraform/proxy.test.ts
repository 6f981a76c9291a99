import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startServer } from '../api/backends/fake-server.ts'
import { makeAuthority, makeCertificate } from '../api/backends/outbound/make-certificate.ts'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'
import { startForwardProxy } from '../support/forward-proxy.ts'
import { Terraform } from '../support/terraform.ts'
import { required } from './world.ts'

let api: ApiProcess
let acme: ApiOrganization
beforeAll(async () => {
  api = await ApiProcess.start()
  acme = await api.organization('acme')
})
afterAll(() => api.remove())

const secret = 'resource "agyn_secret" "a" {\n name = "a"\n value = "x"\n}'

/** The installed provider, for an API that only a proxy finds. */
async function installed(url: string, environment: NodeJS.ProcessEnv): Promise<Terraform> {
  const terraform = new Terraform({
    AGYN_API_URL: url,
    AGYN_API_TOKEN: acme.owner,
    ...environment,
  }).write(`${required}${secret}`)
  onTestFinished(() => terraform.remove())
  const { code, raw } = await terraform.init()
  if (code !== 0) throw new Error(raw)
  return terraform
}

describe('an API behind a proxy', () => {
  it('is reached over TLS by HTTPS_PROXY, once for all calls of a process', async () => {
    const authority = makeAuthority('acme')
    const secure = await startServer(
      (request, response) => {
        const { method, headers } = request
        const onwards = httpRequest(`${api.url}${request.url}`, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
        })
        request.pipe(onwards)
      },
      makeCertificate({ host: 'api.test', signedBy: authority }),
    )
    onTestFinished(() => secure.close())
    const proxy = await startForwardProxy(secure.port)
    onTestFinished(() => proxy.close())
    const terraform = await installed('https://api.test', { HTTPS_PROXY: proxy.host })
    terraform.write(authority.cert, 'authority.pem')
    terraform.set({ SSL_CERT_FILE: terraform.path('authority.pem') })
    const { code, output } = await terraform.plan()
    expect(output).not.toContain('unencrypted')
    expect(code).toBe(2)
    expect(proxy.asked).toEqual(['CONNECT api.test:443'])
  })

  it('is reached without TLS by HTTP_PROXY, with a warning when it is in public', async () => {
    const proxy = await startForwardProxy(Number(new URL(api.url).port))
    onTestFinished(() => proxy.close())
    const url = 'http://secrets.example.com'
    const terraform = await installed(url, { HTTP_PROXY: proxy.host })
    const { code, output } = await terraform.plan()
    expect(code).toBe(2)
    expect(proxy.asked[0]).toBe(`GET ${url}/api/whoami`)
    expect(output).toContain('Warning: The token and every value go over the network unencrypted.')
    expect(output).toContain(`${url}, begins with http`)
  })
})
