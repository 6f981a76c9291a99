import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../api/backends/azure-kv/fake-azure.ts'
import { type FakeServer, startServer } from '../api/backends/fake-server.ts'
import { askVault } from './ask-vault.ts'
import { type CloudDoubles, startCloudDoubles } from './servers/cloud-doubles.ts'
import { startTokenAuthority, type TokenAuthority } from './servers/token-authority.ts'

describe('a server without a client secret', () => {
  let authority: TokenAuthority
  let doubles: CloudDoubles
  let metadata: FakeServer
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'azure-identity-'))
    authority = await startTokenAuthority()
    doubles = await startCloudDoubles({ authority: authority.authority })
    await askVault(doubles, 'PUT', '/secrets/app', { value: 'v' })
    metadata = await startServer(({ url = '', headers }, response) => {
      const isAsked = url.includes('resource=https%3A%2F%2Fvault.azure.net')
      if (!isAsked || !(headers.metadata ?? headers['x-identity-header'])) {
        return send(response, 400, { error: 'invalid_request' })
      }
      const expires_on = String(Math.floor(Date.now() / 1000) + 3600)
      send(response, 200, { access_token: managed, expires_on, token_type: 'Bearer' })
    })
  })
  afterAll(async () => {
    await metadata.close()
    await doubles.stop()
    await authority.stop()
    await rm(folder, { recursive: true })
  })

  const managed = jwt({ appid: 'managed', exp: 1_900_000_000 })
  const script = fileURLToPath(new URL('azure-as-itself.ts', import.meta.url))
  /** What the vault gives to a process with nothing else of Azure in its environment. */
  const readAs = async (environment: Record<string, string>, authorityHost?: string) => {
    const kept = Object.entries(process.env).filter(([name]) => !/^(AZURE|IDENTITY)_/.test(name))
    const given = [doubles.keyVault, doubles.ca, ...(authorityHost ? [authorityHost] : [])]
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', script, ...given],
      { env: { ...Object.fromEntries(kept), ...environment } },
    )
    return JSON.parse(stdout) as unknown
  }

  it('reads with its workload identity', async () => {
    const tokenFile = join(folder, 'token')
    const exp = Math.floor(Date.now() / 1000) + 600
    const aud = `${authority.authority}/v2.0/token`
    await writeFile(tokenFile, jwt({ iss: 'workload', sub: 'workload', aud, exp }))
    await writeFile(join(folder, 'ca.pem'), authority.ca)
    const environment = {
      AZURE_TENANT_ID: authority.tenant,
      AZURE_CLIENT_ID: 'workload',
      AZURE_FEDERATED_TOKEN_FILE: tokenFile,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    }
    expect(await readAs(environment, authority.address)).toMatchObject({ value: 'v' })
    expect(metadata.requests).toEqual([])
  })

  it.each([
    ['App Service', () => ({ IDENTITY_ENDPOINT: `${metadata.address}/msi`, IDENTITY_HEADER: 'x' })],
    ['a virtual machine', () => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: metadata.address })],
  ])('reads with the managed identity that %s gives it', async (_, environment) => {
    expect(await readAs(environment())).toEqual({
      identity: {
        displayName: 'managed',
        expiresAt: '2030-03-17T17:46:40.000Z',
        renewable: true,
      },
      value: 'v',
    })
  })
})

/** With a signature that nobody here looks at. */
function jwt(claims: object): string {
  const parts = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => JSON.stringify(part))
  return [...parts, 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')
}
