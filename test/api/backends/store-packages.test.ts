import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { missingPackage, storePackages } from '../../../api/backends/store-packages.ts'
import {
  providerTypeNames,
  type ProviderType,
} from '../../../contract/schemas/provider-types/index.ts'

const root = join(import.meta.dirname, '../../..')
const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  optionalDependencies: Record<string, string>
}

/** The packages that the folder of a type loads. */
const loadedBy = (type: ProviderType): string[] => {
  const folder = join(root, 'api/backends', type)
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  return sources.flatMap((source) =>
    [...source.matchAll(/import\('([^'.][^']*)'\)/g)].map(([, name = '']) => name),
  )
}

describe('the packages of the stores', () => {
  it.each(providerTypeNames)('are loaded by the folder of their type: %s', (type) => {
    expect(loadedBy(type)).toEqual(expect.arrayContaining([...storePackages[type]]))
  })

  it.each(providerTypeNames)('are optional dependencies, every one that is loaded: %s', (type) => {
    for (const name of loadedBy(type)) expect(optionalDependencies).toHaveProperty([name])
  })

  it.each(providerTypeNames)('are found where they are installed: %s', (type) => {
    expect(missingPackage(type)).toBeUndefined()
  })
})
