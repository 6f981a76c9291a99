import { describe, expect, it } from 'vitest'
import { remotePathComplaint } from '../../contract/remote-path.ts'

describe('a path in a store', () => {
  it.each([
    'stripe',
    'kv/data/prod/stripe',
    'kv/.hidden/a..b/...x',
    'kv/a b/ü',
    'kv/100%',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db',
    'projects/p/secrets/s/versions/3',
  ])('may be %s, whichever store it is', (path) => {
    expect(remotePathComplaint(path)).toBeUndefined()
  })

  it.each([
    ['', 'Give the path'],
    ['kv/a\n', 'control character'],
    ['kv/\0', 'control character'],
    ['kv/\u0085', 'control character'],
    ['kv\\..\\a', 'backslash'],
    ['/kv/a', 'Leave out the `/`'],
    ['/', 'Leave out the `/`'],
    ['kv//a', 'empty segment'],
    ['kv/', 'empty segment'],
    ['..', '`..`'],
    ['kv/../a', '`..`'],
    ['kv/./a', '`.`'],
    ['kv/.../a', '`..`'],
    ['kv/%2e%2E/a', 'percent-encoded'],
    ['kv/.%2e', 'percent-encoded'],
    ['kv/a%2Fb', 'percent-encoded'],
    ['kv/a%5cb', 'percent-encoded'],
    ['kv/a%00', 'percent-encoded'],
  ])('may not be %j: %s', (path, why) => {
    expect(remotePathComplaint(path)).toContain(why)
  })
})
