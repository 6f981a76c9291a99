import { expect, it } from 'vitest'
import { loadPackage } from '../../../api/backends/load-package.ts'
import { failureOf } from './describe-backend.ts'

it('names the package that is not installed, and how to install it', async () => {
  const name = 'agyn-no-such-package'
  const failure = await failureOf(loadPackage(name, () => import(/* @vite-ignore */ name)))
  expect(failure.code).toBe('misconfigured')
  expect(failure.message).toContain(name)
  expect(failure.hint).toContain(`npm install ${name}`)
})

it('passes on what else goes wrong while loading', async () => {
  const load = () => Promise.reject(new TypeError('broken'))
  await expect(loadPackage('some-package', load)).rejects.toThrow(TypeError)
})
