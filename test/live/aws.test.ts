import type { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ownerTag } from '../../api/backends/aws-sm/own-secrets.ts'
import type { SecretBackend } from '../../api/backends/backend.ts'
import { SecretValue } from '../../api/keyring/secret-value.ts'
import { openAws, type OpenAwsOptions } from '../api/backends/aws-sm/open-aws.ts'
import {
  type BackendHarness,
  codeOf,
  describeBackend,
  failureOf,
} from '../api/backends/describe-backend.ts'
import { type AwsAccounts, startAwsAccounts } from './aws-accounts.ts'

const keeps = {
  shape: 'bytes',
  versions: true,
  softDelete: true,
  marks: true,
  binary: true,
  batch: true,
} as const

const noDeletedVersions = 'AWS deletes secrets, not versions of them'
const noFaults = 'moto never misbehaves so'
const cannot = {
  'tells a deleted version from a missing one': noDeletedVersions,
  'says so when the current version is deleted': noDeletedVersions,
  'says so when a version is destroyed': noDeletedVersions,
  'says so when a version is disabled': 'AWS disables none',
  'is forbidden what its credentials may not do':
    'moto asks policies about actions, and not about what they are for',
  'has its credentials renewed when they have expired': 'sessions of moto never expire',
  'asks again when it is throttled, for reading and for writing': noFaults,
  'says so when it is throttled for longer': noFaults,
  'gives up a slow store at the deadline': noFaults,
  'follows no redirect': noFaults,
  'refuses an answer that is larger than any secret': noFaults,
  'takes no page for an answer, nor for a success': noFaults,
} as const

const logins = {
  'an access key': ({ keys }) => ({ keys }),
  'a session token': ({ sessionKeys }) => ({ keys: sessionKeys }),
  'a role of its own account': ({ keys, roles }) => ({ keys, ...roles.own }),
  'the role of another account': ({ keys, roles }) => ({ keys, ...roles.other }),
  'the identity of the server': ({ keys }) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', keys.accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', keys.secretAccessKey)
    vi.stubEnv('AWS_PROFILE', undefined)
    return { keys: null }
  },
} as const satisfies Record<string, (accounts: AwsAccounts) => OpenAwsOptions>

for (const [name, login] of Object.entries(logins)) {
  describeBackend(`moto, with ${name}`, {
    keeps,
    cannot,
    start: () => startHarness(login, name.includes('another') ? 'other' : 'own'),
  })
}

async function startHarness(
  login: (accounts: AwsAccounts) => OpenAwsOptions,
  account: keyof AwsAccounts['admin'],
): Promise<BackendHarness> {
  const accounts = await startAwsAccounts()
  const admin = accounts.admin[account]
  const options = login(accounts)
  const wrong = { ...accounts.keys, secretAccessKey: 'wrong' }
  const path = (name: string) => `team/${name}`
  return {
    open: () => openAws(accounts.address, options),
    openWithWrongCredentials: () => openAws(accounts.address, { ...options, keys: wrong }),
    // Port 1 (tcpmux) is one that nothing listens at.
    openUnreachable: () => openAws('http://127.0.0.1:1', options),
    path,
    forbiddenPath: path('forbidden'),
    put: (name, content) => putAsAdmin(admin, path(name), content),
    async get(name) {
      const stored = await admin.getSecretValue({ SecretId: path(name) }).catch(() => null)
      return stored && Buffer.from(stored.SecretString ?? stored.SecretBinary ?? '')
    },
    async markOf(name) {
      const { Tags = [] } = await admin.describeSecret({ SecretId: path(name) })
      return Tags.find(({ Key }) => Key === ownerTag)?.Value
    },
    async close() {
      vi.unstubAllEnvs()
      await accounts.stop()
    },
  }
}

async function putAsAdmin(
  admin: SecretsManager,
  name: string,
  content: string | Buffer,
): Promise<string | undefined> {
  const value = typeof content === 'string' ? { SecretString: content } : { SecretBinary: content }
  const there = await admin.describeSecret({ SecretId: name }).catch(() => null)
  const { VersionId } = there
    ? await admin.putSecretValue({ SecretId: name, ...value })
    : await admin.createSecret({ Name: name, ...value })
  return VersionId
}

describe('an AWS provider', () => {
  const signal = AbortSignal.timeout(240_000)
  const owned = { signal, owner: 'us', encoding: 'utf8' } as const
  let accounts: AwsAccounts
  let backend: SecretBackend
  beforeAll(async () => {
    accounts = await startAwsAccounts()
    backend = await openAws(accounts.address, { keys: accounts.keys })
  })
  afterAll(() => accounts.stop())
  const textOf = async (path: string, version?: string) =>
    (await backend.read(path, { signal, version }))?.value.reveal().toString()
  const put = (name: string, content: string) => putAsAdmin(accounts.admin.own, name, content)

  it('reads by name, by ARN, and by ARN without its end', async () => {
    await put('by/arn', 'found')
    const { ARN = '' } = await accounts.admin.own.describeSecret({ SecretId: 'by/arn' })
    for (const path of ['by/arn', ARN, ARN.slice(0, -7)]) expect(await textOf(path)).toBe('found')
    const reads = ['by/arn', ARN, ARN.slice(0, -7), 'none'].map((path) => ({ path }))
    const outcomes = await backend.batch?.read(reads, { signal })
    expect(outcomes?.map((each) => each && 'value' in each && each.value.encode().value)).toEqual([
      'found',
      'found',
      'found',
      null,
    ])
  })

  it('reads versions by their ids and by stages, those of its owner among them', async () => {
    const first = await put('staged', 'one')
    const second = await put('staged', 'two')
    const third = await accounts.admin.own.putSecretValue({
      SecretId: 'staged',
      SecretString: 'three',
      VersionStages: ['canary'],
    })
    expect(await textOf('staged')).toBe('two')
    expect(await textOf('staged', 'AWSCURRENT')).toBe('two')
    expect(await textOf('staged', 'AWSPREVIOUS')).toBe('one')
    expect(await textOf('staged', 'canary')).toBe('three')
    for (const [version, text] of [
      [first, 'one'],
      [second, 'two'],
      [third.VersionId, 'three'],
    ]) {
      expect(await textOf('staged', version)).toBe(text)
    }
    expect(await codeOf(textOf('staged', 'AWSPENDING'))).toBe('version_missing')
  })

  it('says that a secret is scheduled for deletion, for any version of it', async () => {
    const version = await put('leaving', 'x')
    await accounts.admin.own.deleteSecret({ SecretId: 'leaving', RecoveryWindowInDays: 7 })
    expect(await codeOf(textOf('leaving'))).toBe('version_deleted')
    expect(await codeOf(textOf('leaving', version))).toBe('version_deleted')
    const outcomes = await backend.batch?.read([{ path: 'leaving' }, { path: 'none' }], { signal })
    expect(outcomes).toMatchObject([{ code: 'version_deleted' }, null])
  })

  it('labels each version of ours, under which it is read', async () => {
    for (const [at, text] of ['one', 'two', 'three'].entries()) {
      const value = SecretValue.fromText(text)
      await backend.write('labelled', value, { ...owned, isNew: at === 0 })
    }
    expect(await textOf('labelled', 'agyn-3')).toBe('three')
  })

  it('is forbidden what no policy allows, and told which permission lacks', async () => {
    const blind = await openAws(accounts.address, { keys: accounts.blindKeys })
    await put('unseen', 'x')
    const failure = await failureOf(blind.read('unseen', { signal }))
    expect(failure.code).toBe('forbidden')
    expect(failure.message).toContain('secretsmanager:GetSecretValue')
    const outcomes = await blind.batch?.read([{ path: 'unseen' }, { path: 'none' }], { signal })
    expect(outcomes).toMatchObject([{ code: 'forbidden' }, { code: 'forbidden' }])
    expect((await blind.check({ signal })).can).toEqual({
      read: 'unknown',
      write: 'unknown',
      list: false,
    })
  })

  it('is forbidden a role that asks for another external id', async () => {
    const { keys, roles } = accounts
    const wrong = { keys, ...roles.own, externalId: 'another' }
    const backend = await openAws(accounts.address, wrong)
    const failure = await failureOf(backend.read('x', { signal }))
    expect(failure).toMatchObject({ code: 'forbidden', notSent: true })
    expect(failure.message).toContain('sts:AssumeRole')
  })

  it('reports who it is, and until when', async () => {
    const { keys, roles } = accounts
    const { identity } = await backend.check({ signal })
    expect(identity).toMatchObject({ renewable: false })
    expect(identity.displayName).toBe('arn:aws:iam::123456789012:user/agyn')
    const assumed = await (
      await openAws(accounts.address, { keys, ...roles.other })
    ).check({ signal })
    expect(assumed.identity.displayName).toContain(
      'arn:aws:sts::222222222222:assumed-role/reader/agyn-secrets',
    )
    expect(assumed.identity.renewable).toBe(true)
    expect(Date.parse(assumed.identity.expiresAt ?? '')).toBeGreaterThan(Date.now())
  })

  it('reads in one account what is not in the other', async () => {
    const { keys, roles, admin } = accounts
    await putAsAdmin(admin.other, 'only/there', 'x')
    const assumed = await openAws(accounts.address, { keys, ...roles.other })
    expect(await assumed.read('only/there', { signal })).not.toBeNull()
    expect(await backend.read('only/there', { signal })).toBeNull()
  })
})
