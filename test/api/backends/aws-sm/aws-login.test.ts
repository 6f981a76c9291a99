import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBackend } from '../../../../api/backends/aws-sm/aws-sm.ts'
import { Outbound, type WayOut } from '../../../../api/backends/outbound/outbound.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { FakeClock } from '../fake-clock.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { startServer } from '../fake-server.ts'
import { failing, type FakeAws, rightKeys, role, sendXmlError, startAws } from './fake-aws.ts'
import { FakeAwsError } from './fake-secrets.ts'
import { openAws } from './open-aws.ts'

const signal = AbortSignal.timeout(60_000)
const assumeCall = 'sts:AssumeRole'

let aws: FakeAws
let clock: FakeClock
beforeEach(async () => {
  clock = new FakeClock()
  aws = await startAws()
  aws.secrets.store('app', 'x')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await aws.close()
})
const assumptions = () => aws.calls.filter((call) => call === assumeCall).length

describe('an assumed role', () => {
  const hour = 3_600_000
  const assume = () => openAws(aws.address, { ...role, clock })

  it('is assumed once, when it is first needed, for all who need it', async () => {
    const backend = await assume()
    expect(assumptions()).toBe(0)
    await Promise.all(Array.from({ length: 20 }, () => backend.read('app', { signal })))
    expect(assumptions()).toBe(1)
    expect(aws.last().headers['x-amz-security-token']).toBe('canary-assumed-token-0')
  })

  it('is assumed anew at two thirds of its life, and nobody waits for that', async () => {
    const backend = await assume()
    await backend.read('app', { signal })
    clock.advance((hour * 2) / 3 - 1)
    await backend.read('app', { signal })
    expect(assumptions()).toBe(1)
    clock.advance(1)
    aws.answer('AssumeRole', () => undefined)
    await Promise.all([backend.read('app', { signal }), backend.read('app', { signal })])
    await vi.waitFor(() => expect(assumptions()).toBe(2))
  })

  it('serves to its end when it cannot be assumed anew, and is tried again after that', async () => {
    const backend = await assume()
    await backend.read('app', { signal })
    clock.advance((hour * 2) / 3)
    aws.answer('AssumeRole', (_, response) => sendXmlError(response, denied))
    await backend.read('app', { signal })
    await vi.waitFor(() => expect(assumptions()).toBe(2))
    expect(await backend.read('app', { signal })).not.toBeNull()
    clock.advance(hour / 3)
    const failure = await failureOf(backend.read('app', { signal }))
    expect(failure).toMatchObject({ code: 'forbidden', notSent: true })
    aws.heal()
    clock.advance(10_000)
    expect(await backend.read('app', { signal })).not.toBeNull()
  })

  it('is not asked for again and again once AWS refused it', async () => {
    const backend = await assume()
    aws.answer('AssumeRole', (_, response) => sendXmlError(response, denied))
    const first = await failureOf(backend.read('app', { signal }))
    clock.advance(9999)
    const second = await failureOf(backend.read('app', { signal }))
    expect(second).toMatchObject({ code: 'forbidden', message: first.message, notSent: true })
    expect(assumptions()).toBe(1)
    aws.heal()
    clock.advance(1)
    expect(await backend.read('app', { signal })).not.toBeNull()
    expect(assumptions()).toBe(2)
  })

  it('is assumed anew, once, when AWS says that it has expired', async () => {
    const backend = await assume()
    await backend.read('app', { signal })
    aws.expireSessions()
    await Promise.all(Array.from({ length: 10 }, () => backend.read('app', { signal })))
    expect(assumptions()).toBe(2)
    aws.answer('GetSecretValue', failing('ExpiredTokenException'))
    expect(await codeOf(backend.read('app', { signal }))).toBe('forbidden')
    expect(assumptions()).toBe(3)
  })

  it('takes no longer than its caller has, and goes on for the others', async () => {
    const backend = await assume()
    const impatient = new AbortController()
    const early = backend.read('app', { signal: impatient.signal })
    const late = backend.read('app', { signal })
    impatient.abort()
    expect(await failureOf(early)).toMatchObject({ code: 'timeout', notSent: true })
    expect(await late).not.toBeNull()
    expect(assumptions()).toBe(1)
  })

  it.each<[string, string, Parameters<FakeAws['answer']>[1]]>([
    ['denied', 'forbidden', (_, response) => sendXmlError(response, denied)],
    ['a page', 'unreadable_answer', (_, response) => response.end('<html>')],
    ['no credentials', 'unreadable_answer', (_, response) => response.end('<x></x>')],
    ['a server error', 'unreachable', (_, response) => response.writeHead(503).end()],
    ['a redirect', 'redirect_refused', (_, response) => response.writeHead(302).end()],
  ])('that is not to be had is said so: %s', async (_, code, listener) => {
    aws.answer('AssumeRole', listener)
    const failure = await failureOf((await assume()).read('app', { signal }))
    expect(failure).toMatchObject({ code, notSent: true })
    expect(aws.calls).not.toContain('secretsmanager:GetSecretValue')
  })

  const denied = new FakeAwsError('AccessDenied', 'not authorized')
})

describe('the identity of the server', () => {
  beforeEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) {
      vi.stubEnv(name, undefined)
    }
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere')
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  })

  it('is found by the SDK, and not before it is needed', async () => {
    const backend = await openAws(aws.address, { keys: null })
    const failure = await failureOf(backend.read('app', { signal }))
    expect(failure).toMatchObject({ code: 'misconfigured', notSent: true })
    vi.stubEnv('AWS_ACCESS_KEY_ID', rightKeys.accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', rightKeys.secretAccessKey)
    expect(await backend.read('app', { signal })).not.toBeNull()
  })

  it('assumes a role, where one is given', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', rightKeys.accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', rightKeys.secretAccessKey)
    const backend = await openAws(aws.address, { keys: null, ...role })
    expect(await backend.read('app', { signal })).not.toBeNull()
    expect(assumptions()).toBe(1)
  })

  it('is not used by a provider that has keys', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', rightKeys.accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', rightKeys.secretAccessKey)
    const keys = { accessKeyId: 'AKIAWRONG00000000000', secretAccessKey: 'wrong' }
    const backend = await openAws(aws.address, { keys })
    expect(await codeOf(backend.read('app', { signal }))).toBe('forbidden')
  })
})

describe('given keys', () => {
  it.each([
    ['secretAccessKey', ''],
    ['secretAccessKey', 'two words'],
    ['secretAccessKey', 'line\nbreak'],
    ['sessionToken', 'ünï'],
  ])('that could not be sent are refused: %s %j', async (name, text) => {
    const failure = await failureOf(openAws(aws.address, { keys: { ...rightKeys, [name]: text } }))
    expect(failure).toMatchObject({ code: 'forbidden', notSent: true })
    expect(failure.message).toContain(name)
  })
})

it('takes nothing but its own settings from the environment or from ~/.aws', async () => {
  const trap = await startServer((_, response) => response.end('{}'))
  const home = await mkdtemp(join(tmpdir(), 'agyn-aws-'))
  const file = join(home, 'config')
  await writeFile(
    file,
    `[default]\nregion = us-east-1\nendpoint_url = ${trap.address}\nuse_fips_endpoint = true\nsdk_ua_app_id = canary\n`,
  )
  const environment = {
    AWS_CONFIG_FILE: file,
    AWS_SHARED_CREDENTIALS_FILE: file,
    AWS_ENDPOINT_URL: trap.address,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: trap.address,
    AWS_ENDPOINT_URL_STS: trap.address,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_RETRY_MODE: 'none of them',
    AWS_MAX_ATTEMPTS: '9',
    AWS_DEFAULTS_MODE: 'none of them',
    AWS_AUTH_SCHEME_PREFERENCE: 'sigv4a',
    AWS_SDK_UA_APP_ID: 'canary',
    AWS_EXECUTION_ENV: 'canary',
    AWS_LAMBDA_FUNCTION_NAME: 'canary',
    _X_AMZN_TRACE_ID: 'canary',
    HTTPS_PROXY: trap.address,
    HTTP_PROXY: trap.address,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const backend = await openAws(aws.address, role)
  aws.answer('GetSecretValue', failing('InternalServiceError'))
  await codeOf(backend.read('app', { signal }))
  expect(aws.last().headers['authorization']).toContain('/eu-west-1/secretsmanager/')
  expect(JSON.stringify(aws.last())).not.toMatch(/(?<!external-)canary(?!-assumed)/)
  expect((await backend.check({ signal })).identity.displayName).toContain('assumed-role/reader')
  expect(aws.last().headers['authorization']).toContain('/eu-west-1/')
  expect(trap.connections()).toBe(0)
  await trap.close()
  await rm(home, { recursive: true })
})

it.each([
  [
    'eu-west-1',
    'https://sts.eu-west-1.amazonaws.com',
    'https://secretsmanager.eu-west-1.amazonaws.com',
  ],
  [
    'cn-north-1',
    'https://sts.cn-north-1.amazonaws.com.cn',
    'https://secretsmanager.cn-north-1.amazonaws.com.cn',
  ],
  [
    'us-gov-west-1',
    'https://sts.us-gov-west-1.amazonaws.com',
    'https://secretsmanager.us-gov-west-1.amazonaws.com',
  ],
])('asks the endpoints of its own region: %s', async (region, ...endpoints) => {
  const addresses: string[] = []
  const outbound = new Outbound({ clock })
  const watched: WayOut = {
    clock,
    checkAddress: (address) => outbound.checkAddress(address),
    connect(settings) {
      addresses.push(settings.address)
      return outbound.connect(settings)
    },
  }
  const accessKeyId = SecretValue.fromText(rightKeys.accessKeyId)
  const secretAccessKey = SecretValue.fromText(rightKeys.secretAccessKey)
  const config = { region, accessKeyId, secretAccessKey, ...role }
  await (await openBackend(config, { outbound: watched })).close()
  expect(addresses).toEqual(endpoints.map((endpoint) => `${endpoint}/`))
})

it('goes to no endpoint that the operator forbids', async () => {
  const failure = await failureOf(openAws('http://169.254.169.254'))
  expect(failure.code).toBe('address_refused')
})
