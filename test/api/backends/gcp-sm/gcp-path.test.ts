import { expect, it } from 'vitest'
import { parentOf, parseGcpPath } from '../../../../api/backends/gcp-sm/gcp-path.ts'
import { gcpRules } from '../../../../api/backends/gcp-sm/gcp-rules.ts'

const place = { projectId: 'my-project', endpoint: undefined }

it.each([
  ['db-password', 'projects/my-project/secrets/db-password', undefined],
  ['A_1', 'projects/my-project/secrets/A_1', undefined],
  ['projects/p/secrets/s', 'projects/p/secrets/s', undefined],
  ['projects/123456/secrets/s/versions/3', 'projects/123456/secrets/s', '3'],
  [
    'projects/example.com:p/secrets/s/versions/latest',
    'projects/example.com:p/secrets/s',
    'latest',
  ],
  ['projects/p/secrets/s/versions/prod-1', 'projects/p/secrets/s', 'prod-1'],
  [
    'projects/p/locations/europe-west3/secrets/s',
    'projects/p/locations/europe-west3/secrets/s',
    undefined,
  ],
])('takes %s', (path, secret, version) => {
  expect(parseGcpPath(path, place)).toEqual({ secret, version })
})

it.each([
  '',
  'with space',
  'with.dot',
  'ünï',
  'a/b',
  '/a',
  '//evil.test/a',
  'https://evil.test/a',
  '../a',
  '%2e%2e',
  'a\n',
  'a\0',
  'a?b=c',
  'a#b',
  'a:access',
  'a'.repeat(256),
  'projects/p/secrets/',
  'projects/p/secrets/../secrets/s',
  'projects/../secrets/s',
  'projects/p/secrets/s/',
  'projects/p/secrets/s/versions/',
  'projects/p/secrets/s/versions/0',
  'projects/p/secrets/s/versions/1:destroy',
  'projects/p/secrets/s/versions/1/x',
  'projects/p/locations/a/b/secrets/s',
  'projects/P/secrets/s',
  '/projects/p/secrets/s',
  'organizations/1/secrets/s',
])('refuses %j', (path) => {
  const refused = expect.objectContaining({ code: 'path_invalid', notSent: true }) as Error
  expect(() => parseGcpPath(path, place)).toThrow(refused)
  expect(() => gcpRules.checkPath(path, place)).toThrow(refused)
})

it('keeps the secrets of a region below it, where the endpoint is that of one', () => {
  const endpoint = 'https://secretmanager.europe-west3.rep.googleapis.com'
  expect(parentOf({ projectId: 'p', endpoint })).toBe('projects/p/locations/europe-west3')
  expect(parentOf({ projectId: 'p', endpoint: 'https://secretmanager.googleapis.com' })).toBe(
    'projects/p',
  )
  expect(parentOf({ projectId: 'p', endpoint: 'https://proxy.internal' })).toBe('projects/p')
})
