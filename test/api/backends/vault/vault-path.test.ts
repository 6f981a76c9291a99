import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BackendFailure, type SecretBackend } from '../../../../api/backends/backend.ts'
import { encodeSegments, parseVaultPath } from '../../../../api/backends/vault/vault-path.ts'
import { codeOf } from '../failure-of.ts'
import { type FakeVault, send, startVault } from './fake-vault.ts'
import { openVault } from './open-vault.ts'

const signal = AbortSignal.timeout(60_000)

/** Everything that a read of `secret/…` may ever look like on the wire. */
const grammar =
  /^GET \/v1\/(sys\/internal\/ui\/mounts\/)?secret(\/(?!\.{1,2}(\/|$))(?:[\w.!~*'()-]|%[\dA-F]{2})+)+$/

/** What may not come out of percent-decoding one part. */
const escapes = /%(2f|5c|00|0a|0d)/i

describe('a Vault path', () => {
  let vault: FakeVault
  let backend: SecretBackend
  beforeAll(async () => {
    vault = await startVault({ mounts: {} })
    vault.answer('', (_, response) => send(response, 404, '{"errors":[]}'))
    backend = await openVault(vault.address, { mount: 'secret', kvVersion: 2 })
  })
  afterAll(() => vault.close())

  it.each([
    '',
    '/',
    '/secret/app',
    'secret/',
    'secret//app',
    'secret/app/',
    'secret/../sys/mounts',
    'secret/./app',
    '..',
    '../sys/mounts',
    'secret/..',
    'secret/%2e%2e/sys',
    'secret/%2E./sys',
    'secret/..%2fsys',
    'secret/a%2fb',
    'secret/a%5cb',
    'secret/a%00',
    'secret/%252e',
    'secret\\..\\sys',
    'secret/a\\b',
    'secret/app?version=1',
    'secret/app#x',
    'secret/a&#x2F;b',
    'secret/a\tb',
    'secret/a\nb',
    'secret/a\u0000b',
    'secret/a\u0085b',
    'secret/a\u2028b',
    'secret/a\ud800b',
    `secret/${'a'.repeat(1024)}`,
    'sys/mounts',
    'sys/internal/ui/mounts',
    'auth/token/lookup-self',
    'identity/entity/id/x',
  ])('may not be %j: nothing is sent', async (path) => {
    const bare = await openVault(vault.address)
    vault.requests.length = 0
    expect(await codeOf(bare.read(path, { signal }))).toBe('path_invalid')
    expect(vault.requests).toEqual([])
  })

  it('arrives as it was meant, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePath, async (path) => {
        vault.requests.length = 0
        const outcome = await backend.read(path, { signal }).catch((error: unknown) => error)
        if (outcome instanceof BackendFailure) expect(outcome.code).toBe('path_invalid')
        else expect(outcome).toBeNull()
        for (const request of vault.requests) {
          expect(request).toMatch(grammar)
          expect(request).not.toMatch(escapes)
          const [, sent = ''] = /^GET \/v1\/secret\/data\/(.*)$/.exec(request) ?? []
          const name = path.replace(/^secret\//, '').replace(/^data\/(?=.)/, '')
          expect(sent.split('/').map(decodeURIComponent).join('/')).toBe(name)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('keeps to the grammar for every text, or is refused', () => {
    fc.assert(
      fc.property(hostilePath, (path) => {
        let encoded: string
        try {
          encoded = encodeSegments(['secret', ...parseVaultPath(path)])
        } catch (error) {
          expect(error).toMatchObject({ code: 'path_invalid' })
          return
        }
        expect(`GET /v1/${encoded}`).toMatch(grammar)
        expect(new URL(`http://vault/v1/${encoded}`).pathname).toBe(`/v1/${encoded}`)
        expect(encoded.split('/').slice(1).map(decodeURIComponent).join('/')).toBe(path)
      }),
      { numRuns: 50_000 },
    )
  })
})

const hostilePart = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '.',
    '..',
    '%2e',
    '%2E%2e',
    '%2f',
    '%',
    '%%',
    '\\',
    '?',
    '#',
    ';',
    ':',
    '@',
    '&',
    '=',
    '+',
    ' ',
  ),
  fc.constantFrom(
    'data',
    'metadata',
    'secret',
    'sys',
    'v1',
    '',
    '\t',
    '\n',
    '\u0000',
    '\ud800',
    '．．',
    '／',
    '&#x2F;',
  ),
)

const hostilePath = fc
  .array(
    fc.array(hostilePart, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    { maxLength: 5 },
  )
  .map((segments) => segments.join('/'))
