import { describe, expect, it } from 'vitest'
import { envNameComplaint } from '../../contract/env-name.ts'

describe('the name of an env', () => {
  it.each(['A', '_', 'a1', '_1', 'STRIPE_API_KEY', 'x'.repeat(200)])('may be %s', (name) => {
    expect(envNameComplaint(name)).toBeUndefined()
  })

  it.each(['', '1A', 'A=B', 'A B', 'A-B', 'a.b', 'Ä', ' A', 'A\n', 'A\0', '${A}'])(
    'may not be %j, which splits or hides the variable',
    (name) => {
      expect(envNameComplaint(name)).toMatch(/^A name begins with a letter or `_`/)
    },
  )

  it('has at most 200 characters', () => {
    expect(envNameComplaint('x'.repeat(201))).toBe('At most 200 characters.')
  })
})
