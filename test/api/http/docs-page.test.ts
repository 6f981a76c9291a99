import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import supertest from 'supertest'
import { afterEach, expect, it, vi } from 'vitest'
import { docsPage } from '../../../api/http/docs-page.ts'

const installed = vi.hoisted(() => ({ at: undefined as string | undefined }))
vi.mock(import('node:module'), async (original) => {
  const actual = await original()
  const createRequire: typeof actual.createRequire = (from) => {
    const require = actual.createRequire(from)
    const resolve = (name: string) => installed.at ?? require.resolve(name)
    return { resolve } as NodeJS.Require
  }
  return { ...actual, createRequire }
})

const created: string[] = []
afterEach(() => {
  for (const directory of created.splice(0)) rmSync(directory, { recursive: true })
})

it('serves its script from the package, wherever that is installed', async () => {
  const ask = () => supertest(express().use(docsPage())).get('/api/docs/rapidoc.js')
  expect((await ask().expect(200)).headers['content-type']).toContain('javascript')

  const directory = mkdtempSync(join(tmpdir(), 'agyn-docs-'))
  created.push(directory)
  const folder = join(directory, 'node_modules/.pnpm/rapidoc@9/node_modules/rapidoc/dist')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'rapidoc-min.js'), '"as pnpm lays it out"')
  installed.at = join(folder, 'rapidoc-min.js')
  expect((await ask().expect(200)).text).toBe('"as pnpm lays it out"')
})
