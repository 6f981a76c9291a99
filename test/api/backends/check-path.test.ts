import { expect, it } from 'vitest'
import { checkPath } from '../../../api/backends/check-path.ts'

it('refuses a path that the type of store could not hold', () => {
  expect(() => checkPath('vault', 'secret/app')).not.toThrow()
  expect(() => checkPath('vault', 'secret/../sys')).toThrow(
    expect.objectContaining({ code: 'path_invalid' }) as Error,
  )
})
