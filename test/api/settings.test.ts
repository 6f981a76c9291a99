import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  readSettings,
  SettingsError,
  type Environment,
  strangeSettings,
} from '../../api/settings.ts'

const key = `hex:${'42'.repeat(32)}`

function problemsOf(env: Environment): readonly string[] {
  try {
    readSettings(env)
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError)
    return (error as SettingsError).problems
  }
  return []
}

describe('settings', () => {
  it('have a default, every one of them', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      database: { kind: 'embedded', directory: resolve('.agyn') },
      masterKey: { kind: 'file', path: resolve('.agyn/master-key') },
      adminToken: undefined,
      outboundAllow: [],
      tokenPaths: ['/var/run/secrets/kubernetes.io/serviceaccount/token'],
      defaultStore: undefined,
      logLevel: 'info',
      trustProxy: false,
      rateLimit: 6000,
    })
    const empty = Object.fromEntries(
      ['HOST', 'PORT', 'DATABASE_URL', 'AGYN_ADMIN_TOKEN'].map((name) => [name, '']),
    )
    expect(readSettings(empty)).toEqual(readSettings({}))
  })

  it('are wrong all at once, a sentence for each that names it', () => {
    const wrong = {
      HOST: 'not a host',
      PORT: '65536',
      DATABASE_URL: 'mysql://canary:canary@db/x',
      SECRETS_MASTER_KEY: 'canary',
      AGYN_ADMIN_TOKEN: 'canary',
      AGYN_OUTBOUND_ALLOW: '10.0.0.0/99',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: 'everybody',
      AGYN_RATE_LIMIT: '-1',
      AGYN_TOKEN_PATHS: '/run/token,canary',
      AGYN_SECRETS_MANAGER: 'canary',
    }
    const problems = problemsOf(wrong)
    for (const name of Object.keys(wrong)) {
      const about = problems.filter((problem) => problem.startsWith(name))
      expect(about, name).toHaveLength(1)
      expect(about[0]).toMatch(/[.)]$|32\)"$/)
    }
    expect(problems).toHaveLength(Object.keys(wrong).length)
    expect(problems.join()).not.toContain('canary')
  })

  it('ask for a master key on PostgreSQL, whatever else is wrong', () => {
    const url = { DATABASE_URL: 'postgresql://u@db:5432/x' }
    expect(problemsOf(url)).toEqual([expect.stringMatching(/master key must be given.*openssl/)])
    expect(problemsOf({ ...url, PORT: 'x' })).toHaveLength(2)
    expect(problemsOf({ ...url, SECRETS_MASTER_KEY: 'short' })).toHaveLength(1)
    expect(readSettings({ ...url, SECRETS_MASTER_KEY: key }).database).toEqual({
      kind: 'postgres',
      url: url.DATABASE_URL,
    })
  })

  it('take one source of master keys', () => {
    const directory = mkdtempSync(join(tmpdir(), 'agyn-settings-'))
    const file = join(directory, 'key')
    writeFileSync(file, `${key}\n`)
    expect(readSettings({ SECRETS_MASTER_KEY_FILE: file }).masterKey).toEqual(
      readSettings({ SECRETS_MASTER_KEY: key }).masterKey,
    )
    expect(problemsOf({ SECRETS_MASTER_KEY: key, SECRETS_MASTER_KEY_FILE: file })).toEqual([
      expect.stringMatching(/not both/),
    ])
    rmSync(directory, { recursive: true })
    expect(problemsOf({ SECRETS_MASTER_KEY_FILE: file })).toEqual([
      expect.stringMatching(/^SECRETS_MASTER_KEY_FILE .*ENOENT/),
    ])
  })

  it.each<[string, string | number | boolean]>([
    ['off', false],
    ['false', false],
    ['1', 1],
    ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
    ['loopback,uniquelocal', 'loopback,uniquelocal'],
  ])('trust the proxies that are named: %s', (text, trustProxy) => {
    expect(readSettings({ TRUST_PROXY: text }).trustProxy).toBe(trustProxy)
  })

  it.each([
    'true',
    '*',
    '10.0.0.0/33',
    '10.0.0.0/x',
    '::1/129',
    '10.0.0.0/8/8',
    '0.0.0.0/0',
    '::/0',
    'proxy.test',
    '-1',
  ])('trust not everybody, and nobody who is misspelt: %s', (text) => {
    expect(problemsOf({ TRUST_PROXY: text })).toEqual([expect.stringMatching(/^TRUST_PROXY/)])
  })

  it.each(['1e3', '0x10', ' 1', '1.5', '99999', 'Infinity'])('know no port %j', (text) => {
    expect(problemsOf({ PORT: text })).toHaveLength(1)
  })
})

it('lists the files that providers may log in with, and the one of the default store', () => {
  const paths = (env: Environment) => readSettings(env).tokenPaths
  expect(paths({ AGYN_TOKEN_PATHS: '/run/a, /run/b' })).toEqual(['/run/a', '/run/b'])
  const vault = {
    AGYN_SECRETS_MANAGER: 'VAULT',
    AGYN_HASHICORP_VAULT_ADDR: 'http://127.0.0.1:8200',
    AGYN_HASHICORP_VAULT_AUTH_METHOD: 'K8S',
    AGYN_HASHICORP_VAULT_K8S_ROLE: 'agyn',
    AGYN_HASHICORP_VAULT_K8S_TOKEN_PATH: '/run/own',
  }
  expect(paths({ ...vault, AGYN_TOKEN_PATHS: '/run/a' })).toEqual(['/run/a', '/run/own'])
})

it('names settings that have no effect, because their store was not chosen', () => {
  const vault = { AGYN_HASHICORP_VAULT_ADDR: 'x', AGYN_HASHICORP_VAULT_AWS_ROLE: 'x' }
  expect(strangeSettings(vault)).toEqual([
    'AGYN_HASHICORP_VAULT_ADDR has no effect while AGYN_SECRETS_MANAGER is DB.',
    'AGYN_HASHICORP_VAULT_AWS_ROLE has no effect while AGYN_SECRETS_MANAGER is DB.',
  ])
  const chosen = { AGYN_SECRETS_MANAGER: 'VAULT', AGYN_HASHICORP_VAULT_AUTH_METHOD: 'TOKEN' }
  expect(strangeSettings({ ...vault, ...chosen })).toEqual([
    'AGYN_HASHICORP_VAULT_AWS_ROLE has no effect while AGYN_SECRETS_MANAGER is VAULT.',
  ])
})

it('names settings that nobody knows, and not those of the Terraform provider', () => {
  const lines = strangeSettings({ AGYN_OUTBOUND_ALOW: 'x', AGYN_API_URL: 'y', PATH: 'z' })
  expect(lines).toEqual([expect.stringMatching(/^AGYN_OUTBOUND_ALOW is not a setting/)])
})
