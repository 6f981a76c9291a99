import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awsRules } from '../../../../api/backends/aws-sm/aws-rules.ts'
import type { BackendFailure } from '../../../../api/backends/backend.ts'

const config = { region: 'eu-west-1' }

/** Why a path is refused; `null` when it is not. */
function refusalOf(path: string): string | null {
  try {
    awsRules.checkPath(path, config)
    return null
  } catch (error) {
    expect(error).toMatchObject({ name: 'BackendFailure', code: 'path_invalid' })
    return (error as BackendFailure).message
  }
}

describe('a path', () => {
  it.each([
    'stripe',
    'prod/db/main',
    'A-z_0+9=.@-',
    'ends-abcdef',
    'x'.repeat(512),
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCd01',
    'arn:aws-us-gov:secretsmanager:eu-west-1:123456789012:secret:/prod/db-AbCd01',
    `arn:aws-cn:secretsmanager:eu-west-1:123456789012:secret:${'x'.repeat(512)}-AbCd01`,
  ])('may be %s', (path) => {
    expect(refusalOf(path)).toBeNull()
  })

  it.each([
    ['', 'characters'],
    ['x'.repeat(513), '512'],
    ['a b', 'letters'],
    ['a:b', 'letters'],
    ['ä', 'letters'],
    ['a\nb', 'letters'],
    ['a%2fb', 'letters'],
    ['arn:aws:secretsmanager:us-east-1:123456789012:secret:x', 'another region'],
    ['arn:aws:ssm:eu-west-1:123456789012:parameter/x', 'another service'],
    ['arn:aws:s3:::bucket', 'another service'],
    ['arn:aws:secretsmanager:eu-west-1:123456789012:policy:x', 'not one of a secret'],
    ['arn:aws:secretsmanager:eu-west-1:1234:secret:x', 'not one of a secret'],
    ['arn:evil:secretsmanager:eu-west-1:123456789012:secret:x', 'not one of a secret'],
    ['arn:aws:secretsmanager:eu-west-1:123456789012:secret', 'characters'],
    ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCd01:key::', 'goes on'],
    ['arn:', 'another service'],
  ])('may not be %j: %s', (path, why) => {
    expect(refusalOf(path)).toContain(why)
  })
})

describe('a managed path', () => {
  const pathOf = (parts: readonly string[], pathPrefix?: string) =>
    awsRules.managedPath({ ...config, pathPrefix }, parts)

  it.each([
    [['db'], undefined, 'agyn/db'],
    [['stripe.apiKey'], 'team/own', 'team/own/stripe.apiKey'],
    [['Production AWS'], undefined, 'agyn/Production=20AWS'],
    [['o', 's', 'a/b=c'], undefined, 'agyn/o/s/a=2Fb=3Dc'],
    [['ü'], 'ö', '=C3=B6/=C3=BC'],
    [['..'], undefined, 'agyn/=2E=2E'],
    [['my-secret'], undefined, 'agyn/my-secret'],
  ])('of %j under %j is %s', (parts, prefix, path) => {
    expect(pathOf(parts, prefix)).toBe(path)
  })

  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom('a', '-', '=', '/', '2', 'D', '.', 'ü'),
      minLength: 1,
      maxLength: 200,
    }),
  )
  const parts = fc.array(name, { minLength: 1, maxLength: 4 })
  const prefix = fc.option(fc.constantFrom('a', 'a=b==', 'p-q', 'ü'.repeat(200)), {
    nil: undefined,
  })

  it('is one that AWS takes', () => {
    fc.assert(
      fc.property(parts, prefix, (some, under) => {
        const path = pathOf(some, under)
        expect(refusalOf(path)).toBeNull()
        expect(path.startsWith('/')).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('is another one for other names', () => {
    fc.assert(
      fc.property(parts, parts, prefix, (some, others, under) => {
        fc.pre(JSON.stringify(some) !== JSON.stringify(others))
        expect(pathOf(some, under)).not.toBe(pathOf(others, under))
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps long names apart that begin alike', () => {
    const long = 'ü'.repeat(200)
    expect(pathOf([`${long}a`])).toHaveLength(512)
    expect(pathOf([`${long}a`])).not.toBe(pathOf([`${long}b`]))
  })
})
