import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MINIMUM_NODE, isOldNode } from '../../../cdktf-provider/plugin/minimum-node.ts'

it('is what package.json asks for', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: object }
  expect(manifest.engines).toEqual({ node: `>=${MINIMUM_NODE}` })
})

it('tells an old Node.js from one that will do', () => {
  const versions = ['18.20.4', '20.2.0', '20.18.9', '20.19.0', '20.20.2', '22.0.0', '100.1.0']
  expect(versions.map(isOldNode)).toEqual([true, true, true, false, false, false, false])
})
