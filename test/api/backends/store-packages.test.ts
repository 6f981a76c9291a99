import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { missingPackage, storePackages } from '../../../api/backends/store-packages.ts'
import { providerTypeNames } from '../../../contract/schemas/provider-types/index.ts'

const root = join(import.meta.dirname, '../../..')
const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  optionalDependencies: Record<string, string>
}

describe('the packages of the stores', () => {
  it('are optional dependencies', () => {
    for (const name of Object.values(storePackages).flat()) {
      expect(optionalDependencies, name).toHaveProperty([name])
    }
  })

  it.each(providerTypeNames)('are found where they are installed: %s', (type) => {
    expect(missingPackage(type)).toBeUndefined()
  })
})
