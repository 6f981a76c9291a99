import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gcpRules } from '../../../../api/backends/gcp-sm/gcp-rules.ts'

const config = { projectId: 'my-project' }
const pathOf = (parts: readonly string[], pathPrefix?: string) =>
  gcpRules.managedPath({ ...config, pathPrefix }, parts)

it('joins plain parts below the prefix', () => {
  expect(pathOf(['STRIPE-KEY'])).toBe('agyn_STRIPE-KEY')
  expect(pathOf(['org', 'scope', 'name'], 'my_app')).toBe('my_app_org_scope_name')
})

it('says by a hash what the name does not', () => {
  expect(pathOf(['Stripe key'])).toMatch(/^agyn_Stripe-key__[0-9a-f]{10}$/)
  expect(pathOf(['DB_URL'])).toMatch(/^agyn_DB_URL__[0-9a-f]{10}$/)
  expect(pathOf(['key'], 'team/app')).toMatch(/^team-app_key__[0-9a-f]{10}$/)
  expect(pathOf(['x'.repeat(300)])).toMatch(/^agyn_x{238}__[0-9a-f]{10}$/)
})

const part = fc.oneof(
  fc.string({
    minLength: 1,
    maxLength: 6,
    unit: fc.constantFrom('a', 'A', '-', '_', '.', 'é', ' ', '/'),
  }),
  fc.string({ maxLength: 200, unit: 'grapheme' }),
  fc.constantFrom('x'.repeat(254), 'x'.repeat(255), 'x'.repeat(256)),
)
const parts = fc.array(part, { minLength: 1, maxLength: 3 })
const prefix = fc.constantFrom(undefined, 'agyn', 'my_app', 'team/app', '__', 'ü')

it('gives names that Google takes', () => {
  fc.assert(
    fc.property(parts, prefix, (parts, prefix) => {
      const path = pathOf(parts, prefix)
      expect(path).toMatch(/^[A-Za-z0-9_-]{1,255}$/)
      gcpRules.checkPath(path, config)
      expect(pathOf(parts, prefix)).toBe(path)
    }),
  )
})

it('gives different names for different parts', () => {
  fc.assert(
    fc.property(parts, parts, prefix, (one, other, prefix) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other))
      expect(pathOf(one, prefix)).not.toBe(pathOf(other, prefix))
    }),
    { numRuns: 1000 },
  )
})
