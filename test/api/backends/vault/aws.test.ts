import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConfigOf } from '../../../../api/backends/vault/vault-config.ts'
import { codeOf } from '../failure-of.ts'
import { OutboundWorld, signal } from '../outbound/outbound-world.ts'
import { startVault } from './fake-vault.ts'
import { openVaultAs } from './open-vault.ts'
import { type SignedRequest, verifySignature } from './verify-signature.ts'

const accessKeyId = 'AKIDEXAMPLE'
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const world = new OutboundWorld()

/** What Vault is sent to log in, its parts decoded, as Vault would send it on to STS. */
async function logIn(
  settings: Partial<ConfigOf<'aws'>> = {},
): Promise<{ role: string; path: string; request: SignedRequest }> {
  const bodies: Readonly<Record<string, string>>[] = []
  const accepts = (body: Readonly<Record<string, string>>) => bodies.push(body) > 0
  const { mountPoint = 'aws' } = settings
  const vault = await startVault({ mounts: { secret: 2 }, logins: { [mountPoint]: { accepts } } })
  world.afterwards(() => vault.close())
  const config = { address: vault.address, authMethod: 'aws', role: 'app', ...settings } as const
  const backend = await openVaultAs(config)
  await backend.read('secret/app', { signal })
  const [body = {}] = bodies
  const decoded = (name: string) => Buffer.from(body[name] ?? '', 'base64').toString()
  return {
    role: body['role'] ?? '',
    path: vault.requests[0] ?? '',
    request: {
      method: body['iam_http_request_method'] ?? '',
      url: decoded('iam_request_url'),
      body: decoded('iam_request_body'),
      headers: JSON.parse(decoded('iam_request_headers')) as Record<string, string>,
    },
  }
}

const verify = (request: SignedRequest, region = 'us-east-1') =>
  verifySignature(request, { secretKey, region, service: 'sts' })

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretKey)
  vi.stubEnv('AWS_SESSION_TOKEN', '')
})
afterEach(() => vi.unstubAllEnvs())

describe('a login by AWS', () => {
  it('is a signed question to STS, of who signed it', async () => {
    const { role, path, request } = await logIn()
    expect(path).toBe('POST /v1/auth/aws/login')
    expect(role).toBe('app')
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://sts.amazonaws.com/',
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })
    expect(verify(request)).toEqual({
      accessKeyId,
      signedHeaders: ['content-type', 'host', 'x-amz-date'],
    })
  })

  it('has the region, the STS and the mount point of the settings', async () => {
    const { path, request } = await logIn({
      region: 'eu-west-1',
      stsEndpoint: 'https://sts.eu-west-1.amazonaws.com',
      mountPoint: 'cloud/aws',
    })
    expect(path).toBe('POST /v1/auth/cloud/aws/login')
    expect(request.url).toBe('https://sts.eu-west-1.amazonaws.com/')
    expect(request.headers['host']).toBe('sts.eu-west-1.amazonaws.com')
    expect(verify(request, 'eu-west-1').accessKeyId).toBe(accessKeyId)
    expect(() => verify(request)).toThrow('scope')
  })

  it('signs the name of the Vault that it is for', async () => {
    const { request } = await logIn({ serverId: 'vault.example.com' })
    expect(request.headers).toMatchObject({ 'X-Vault-AWS-IAM-Server-ID': 'vault.example.com' })
    expect(verify(request).signedHeaders).toContain('x-vault-aws-iam-server-id')
  })

  it('signs the session token of credentials that have one', async () => {
    vi.stubEnv('AWS_SESSION_TOKEN', 'session')
    const { request } = await logIn()
    expect(request.headers).toMatchObject({ 'x-amz-security-token': 'session' })
    expect(verify(request).signedHeaders).toContain('x-amz-security-token')
  })

  it('is worth nothing once anything of it was changed', async () => {
    const { request } = await logIn({ serverId: 'vault.example.com' })
    const { headers } = request
    const changed: readonly SignedRequest[] = [
      { ...request, method: 'GET' },
      { ...request, url: 'https://sts.amazonaws.com/other' },
      { ...request, url: 'https://sts.amazonaws.com/?x=1' },
      { ...request, body: 'Action=GetSessionToken&Version=2011-06-15' },
      { ...request, headers: { ...headers, host: 'sts.other.test' } },
      { ...request, headers: { ...headers, 'X-Vault-AWS-IAM-Server-ID': 'vault.other.test' } },
      { ...request, headers: { ...headers, 'x-amz-date': '20200101T000000Z' } },
      { ...request, headers: { ...headers, 'x-amz-security-token': 'added' } },
    ]
    expect(() => verify(request)).not.toThrow()
    for (const each of changed) expect(() => verify(each)).toThrow()
    const other = { secretKey: 'other', region: 'us-east-1', service: 'sts' }
    expect(() => verifySignature(request, other)).toThrow('does not match')
  })

  it('asks nobody but Vault, and says so where there are no credentials', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '')
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere')
    const vault = await startVault({ mounts: {} })
    world.afterwards(() => vault.close())
    const config = { address: vault.address, authMethod: 'aws', role: 'app' } as const
    const backend = await openVaultAs(config)
    expect(await codeOf(backend.read('secret/app', { signal }))).toBe('misconfigured')
    expect(vault.requests).toEqual([])
  })
})

describe('the verifier', () => {
  it('finds the signature of the example that AWS gives', () => {
    // get-vanilla of the Signature Version 4 test suite.
    const request = {
      method: 'GET',
      url: 'https://example.amazonaws.com/',
      body: '',
      headers: {
        host: 'example.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
      },
    }
    const expected = { secretKey, region: 'us-east-1', service: 'service' }
    expect(verifySignature(request, expected).accessKeyId).toBe('AKIDEXAMPLE')
  })
})
