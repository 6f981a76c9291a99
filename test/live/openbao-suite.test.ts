import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VaultConfig } from '../../api/backends/vault/vault-config.ts'
import { SecretValue } from '../../api/keyring/secret-value.ts'
import { type BackendHarness, describeBackend } from '../api/backends/describe-backend.ts'
import { type Admin, startAdmin } from './openbao-admin.ts'
import { openLiveVault, openWithToken } from './open-live-vault.ts'
import { type LiveLogin, liveLogins } from './openbao-logins.ts'

interface Place {
  readonly kvVersion: 1 | 2
  readonly mount: string
}

const common = { shape: 'object', folders: true } as const
const keeps = {
  1: { ...common, versions: false, softDelete: false, marks: false },
  2: { ...common, versions: true, softDelete: true, marks: true, separateMarks: true },
}

const misbehaves = 'OpenBao does not misbehave when asked to: shown on the fake'
const onVersion1 = 'version 1 keeps one version and cannot delete it softly'
const cannot = {
  'says so when a version is disabled': 'OpenBao disables no versions',
  'asks again when it is throttled, for reading and for writing':
    'its quota refuses for a time, not so many times: shown on the fake',
  'says so when it is throttled for longer': 'shown by itself, with a quota',
  'gives up a slow store at the deadline': misbehaves,
  'follows no redirect': misbehaves,
  'refuses an answer that is larger than any secret': misbehaves,
  'takes no page for an answer, nor for a success': misbehaves,
}
const cannotOnVersion1 = {
  'tells a deleted version from a missing one': onVersion1,
  'says so when the current version is deleted': onVersion1,
  'says so when a version is destroyed': onVersion1,
  'lets one of many that write the same new secret succeed': 'version 1 has no compare-and-set',
}
const cannotWithToken = {
  'has its credentials renewed when they have expired': 'a token that was given is all there is',
}

const places: readonly Place[] = [
  { kvVersion: 2, mount: 'secret' },
  { kvVersion: 2, mount: 'team/payments/kv' },
  { kvVersion: 1, mount: 'team/old' },
]

for (const method of Object.keys(liveLogins) as (keyof typeof liveLogins)[]) {
  for (const place of places) {
    const { kvVersion, mount } = place
    describeBackend(`OpenBao, version ${kvVersion} at ${mount}, logged in by ${method}`, {
      keeps: keeps[kvVersion],
      cannot: {
        ...cannot,
        ...(kvVersion === 1 && cannotOnVersion1),
        ...(method === 'token' && cannotWithToken),
      },
      start: () => startHarness(place, method),
    })
  }
}

async function startHarness(
  { kvVersion, mount }: Place,
  method: keyof typeof liveLogins,
): Promise<BackendHarness> {
  const admin = await startAdmin()
  if (mount !== 'secret') await admin.mount(mount, kvVersion)
  const data = kvVersion === 2 ? `${mount}/data` : mount
  const { right, wrong, tokenPaths, close } = await liveLogins[method](
    admin,
    `path "${mount}/*" { capabilities = ["create", "read", "update", "delete", "list"] }
     path "${data}/forbidden" { capabilities = ["deny"] }`,
  )
  const open = (address: string, settings: LiveLogin['right']) =>
    openLiveVault({ address, ...settings } as VaultConfig, tokenPaths)
  const change = (action: string) => async (name: string, version: string) => {
    await admin.call('PUT', `${mount}/${action}/${name}`, { versions: [Number(version)] })
  }
  return {
    open: () => open(admin.address, right),
    openWithWrongCredentials: () => open(admin.address, wrong),
    // Port 1 (tcpmux) is one that nothing listens at.
    openUnreachable: () => open('http://127.0.0.1:1', right),
    path: (name) => `${mount}/${name}`,
    forbiddenPath: `${mount}/forbidden`,
    async put(name, content) {
      const json = String(content)
      const body = kvVersion === 1 ? json : `{"data":${json}}`
      const answer = await admin.call('POST', `${data}/${name}`, body)
      if (kvVersion === 1) return undefined
      return String((answer as { data: { version: number } }).data.version)
    },
    async get(name) {
      const answer = await admin.call('GET', `${data}/${name}`).catch(() => null)
      if (answer === null) return null
      const found = (answer as { data: { data: object } }).data
      return Buffer.from(JSON.stringify(kvVersion === 1 ? found : found.data))
    },
    ...(kvVersion === 2 && {
      deleteVersion: change('delete'),
      destroyVersion: change('destroy'),
      openWithoutMarks: async () =>
        openWithToken(
          admin.address,
          await admin.tokenFor(
            ['data', 'delete', 'undelete']
              .map(
                (area) =>
                  `path "${mount}/${area}/*" { capabilities = ["create", "read", "update"] }`,
              )
              .join('\n'),
          ),
          { mount, kvVersion },
        ),
      async markOf(name) {
        const answer = await admin.call('GET', `${mount}/metadata/${name}`)
        const { custom_metadata: mark } = (answer as { data: Metadata }).data
        return mark?.['secret']
      },
    }),
    ...(method !== 'token' && {
      expireCredentials: async () => {
        const { mountPoint = method } = right as { mountPoint?: string }
        await admin.call('PUT', `sys/leases/revoke-prefix/auth/${mountPoint}`, { sync: true })
      },
    }),
    async close() {
      await close()
      await admin.stop()
    },
  }
}

interface Metadata {
  readonly custom_metadata: Readonly<Record<string, string>> | null
}

describe('a login to OpenBao', () => {
  let admin: Admin
  let login: LiveLogin
  beforeAll(async () => {
    admin = await startAdmin()
    login = await liveLogins.approle(
      admin,
      'path "secret/*" { capabilities = ["create", "read", "update", "list"] }',
    )
  })
  afterAll(async () => {
    await login.close()
    await admin.stop()
  })
  const open = () => openLiveVault({ address: admin.address, ...login.right } as VaultConfig)
  const signal = AbortSignal.timeout(240_000)

  it('reports as what, until when, and what it may do', async () => {
    const backend = await openLiveVault({
      address: admin.address,
      ...login.right,
      pathPrefix: 'secret/data/agyn',
    } as VaultConfig)
    const { identity, can } = await backend.check({ signal })
    expect(identity).toMatchObject({ displayName: 'approle', renewable: true })
    const left = Date.parse(identity.expiresAt ?? '') - Date.now()
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(3_600_000)
    expect(can).toEqual({ read: true, write: true, list: true })
    await backend.close()
  })

  it('is given back at the end', async () => {
    const before = await tokens()
    const backend = await open()
    await backend.check({ signal })
    expect(await tokens()).toBe(before + 1)
    await backend.close()
    expect(await tokens()).toBe(before)
  })

  it('is one, however many ask at once', async () => {
    const before = await tokens()
    const backend = await open()
    const reads = Array.from({ length: 100 }, () => backend.read('secret/none', { signal }))
    expect(new Set(await Promise.all(reads))).toEqual(new Set([null]))
    expect(await tokens()).toBe(before + 1)
    await backend.close()
  })

  it('lists the mounts that there are', async () => {
    await admin.mount('team/kv', 1)
    const backend = await open()
    const { items } = await backend.list({ signal, limit: 100 })
    expect(items.map(({ path }) => path)).toContain('secret')
    expect(items.map(({ path }) => path)).not.toContain('cubbyhole')
    await backend.close()
  })

  it('is told of a quota, in the words of a limit', async () => {
    await admin.call('POST', 'sys/quotas/rate-limit/tests', { rate: 0.0001, path: 'secret/' })
    const backend = await open()
    const value = SecretValue.fromText('x')
    const owner = '01890a5d-ac96-774b-bcce-b302099a8057'
    const codes: string[] = []
    for (let at = 0; at < 3; at += 1) {
      const options = { signal, owner, isNew: true, encoding: 'utf8' } as const
      await backend.write(`secret/quota-${at}`, value, options).catch((error: unknown) => {
        codes.push((error as { code: string }).code)
      })
    }
    expect(codes.at(-1)).toBe('throttled')
    await admin.call('DELETE', 'sys/quotas/rate-limit/tests')
    await backend.close()
  })

  const tokens = async (): Promise<number> => {
    const answer = await admin.call('GET', 'auth/token/accessors?list=true')
    return (answer as { data: { keys: string[] } }).data.keys.length
  }
})
