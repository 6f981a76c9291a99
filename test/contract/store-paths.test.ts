import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  gcpFullName,
  longestName,
  storePathComplaint,
  type StoreType,
} from '../../contract/store-paths.ts'
import { providerTypeNames } from '../../contract/schemas/provider-types/index.ts'

const arn = (end: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret${end}`

const accepted: Readonly<Record<StoreType, readonly string[]>> = {
  vault: [
    'secret',
    'secret/my-app/key',
    'kv/data/prod/stripe',
    'kv/data/sys/auth',
    'kv/a b/ü&=+;:@',
    'kv/...',
    'kv/100%',
    `kv/${'x'.repeat(1021)}`,
  ],
  'aws-sm': [
    'stripe',
    'prod/db/main',
    'A-z_0+9=.@-',
    'arnold',
    'x'.repeat(longestName['aws-sm']),
    arn(':prod/db'),
    arn(':prod/db-AbCd01'),
    arn(`:${'x'.repeat(longestName['aws-sm'])}-AbCd01`),
    'arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:prod/db',
  ],
  'azure-kv': ['a', 'A-b-9', '-', 'x'.repeat(longestName['azure-kv'])],
  'gcp-sm': [
    'db-password',
    'A_1',
    'x'.repeat(longestName['gcp-sm']),
    'projects/p/secrets/s',
    'projects/123456/secrets/s/versions/3',
    'projects/example.com:p/secrets/s/versions/latest',
    'projects/p/secrets/s/versions/prod-1',
    'projects/p/locations/europe-west3/secrets/s',
  ],
}

/** Each with a part of the sentence, and of the hint where there is one. */
const refused: Readonly<Record<StoreType, readonly (readonly [string, string, string?])[]>> = {
  vault: [
    ['', 'empty part', 'mount/path'],
    ['/secret/a', 'empty part', 'mount/path'],
    ['secret//a', 'empty part', 'mount/path'],
    ['secret/a/', 'empty part', 'mount/path'],
    ['secret/../sys', 'relative part', 'mount/path'],
    ['secret/./a', 'relative part', 'mount/path'],
    ['secret/a\tb', 'control character', 'mount/path'],
    ['secret/a\u2028b', 'control character', 'mount/path'],
    ['secret/a\ud800b', 'half of a character', 'mount/path'],
    ['secret/a?version=1', 'one of \\ ? #', 'mount/path'],
    ['secret/a#key', 'one of \\ ? #', 'mount/path'],
    ['secret\\a', 'one of \\ ? #', 'mount/path'],
    ['secret/%2e%2e/a', 'percent-encoded', 'mount/path'],
    ['sys/seal', 'begins with sys/', 'mount/path'],
    ['auth/token/lookup-self', 'begins with auth/', 'mount/path'],
    ['identity/entity', 'begins with identity/', 'mount/path'],
    [`kv/${'x'.repeat(1022)}`, 'longer than 1024', 'mount/path'],
  ],
  'aws-sm': [
    ['', '1 to 512 characters'],
    ['x'.repeat(513), '1 to 512 characters'],
    ['a b', 'letters, digits'],
    ['a:b', 'letters, digits'],
    ['ä', 'letters, digits'],
    ['a\n', 'letters, digits'],
    ['arn:', 'another service'],
    ['arn:aws:ssm:eu-west-1:123456789012:parameter/x', 'another service'],
    ['arn:aws:secretsmanager:eu-west-1:123456789012:policy:x', 'not one of a secret', 'arn:aws:'],
    ['arn:aws:secretsmanager:eu-west-1:1234:secret:x', 'not one of a secret', ':eu-west-1:'],
    ['arn:evil:secretsmanager:us-east-1:123456789012:secret:x', 'not one of', ':us-east-1:'],
    ['arn:aws:secretsmanager::123456789012:secret:x', 'not one of a secret', ':eu-west-1:'],
    [arn('s:x'), 'not one of a secret', 'arn:aws:'],
    [arn(':x-AbCd01:key::'), 'goes on after the name', 'fields of their own'],
    [arn(''), '1 to 512 characters'],
    [arn(':'), '1 to 512 characters'],
    [arn(`:${'x'.repeat(520)}`), '1 to 512 characters'],
    [arn(':a b'), 'letters, digits'],
  ],
  'azure-kv': ['', 'a/b', 'a.b', '..', 'a b', 'a_b', 'ä', 'a\n', '%2e', 'x'.repeat(128)].map(
    (path) => [path, 'letters, digits and dashes, 127 at most'] as const,
  ),
  'gcp-sm': [
    ...['', 'a b', 'a.b', 'ü', 'a\n', 'a:access', 'x'.repeat(256)].map(
      (path) => [path, 'at most 255 of them', 'db-password'] as const,
    ),
    ...[
      'a/b',
      '/projects/p/secrets/s',
      'organizations/1/secrets/s',
      'projects/P/secrets/s',
      'projects/../secrets/s',
      'projects/p/secrets/',
      'projects/p/secrets/s/',
      'projects/p/secrets/s/versions/',
      'projects/p/secrets/s/versions/0',
      'projects/p/secrets/s/versions/1:destroy',
      'projects/p/secrets/s/versions/1/x',
      'projects/p/locations/a/b/secrets/s',
      `projects/p/secrets/${'x'.repeat(256)}`,
    ].map((path) => [path, 'not the full name', 'projects/my-project/secrets/'] as const),
  ],
}

// A type of provider without a grammar here does not compile.
describe.each<StoreType>(providerTypeNames)('a path in %s', (type) => {
  it.each(accepted[type])('may be %s', (path) => {
    expect(storePathComplaint(type, path)).toBeUndefined()
  })

  it.for(refused[type])('may not be %j: %s', ([path, sentence, hint]) => {
    const complaint = storePathComplaint(type, path)
    expect(complaint?.message).toContain(sentence)
    expect(complaint?.message).toMatch(/\.$/)
    if (hint === undefined) expect(complaint?.hint).toBeUndefined()
    else expect(complaint?.hint).toContain(hint)
  })

  it('is taken or refused whatever it holds, and a control character is never taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const complaint = storePathComplaint(type, path)
        if (/\p{Cc}/u.test(path)) expect(complaint).toBeDefined()
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a full name of Google Cloud', () => {
  it.each([
    ['projects/p/secrets/s', 'projects/p/secrets/s', undefined],
    ['projects/p/secrets/s/versions/3', 'projects/p/secrets/s', '3'],
    ['projects/versions/secrets/secrets', 'projects/versions/secrets/secrets', undefined],
  ])('%s comes apart into secret and version', (path, secret, version) => {
    expect(gcpFullName.exec(path)?.groups).toEqual({ secret, version })
  })
})
