import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { installOpenBao, startDevServer } from '../../scripts/openbao.ts'
import { canSeeProcesses, changed, processesWith } from '../support/left-behind.ts'
import { putProgram } from '../support/put-program.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'agyn-openbao-'))
  vi.stubEnv('PATH', `${directory}:${process.env['PATH']}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

const begun = () => changed(directory, () => existsSync(join(directory, 'begun')))

it.runIf(canSeeProcesses)('gives up installing, and takes away what it had begun', async () => {
  // It never does what it is asked for, nor does what it has started.
  putProgram(directory, 'python3', `sleep 600 &\ntouch ${join(directory, 'begun')}\nwait`)
  const cache = join(directory, 'cache')
  const interrupted = new AbortController()
  const installing = installOpenBao(cache, undefined, interrupted.signal)
  await begun()
  interrupted.abort()
  await expect(installing).rejects.toThrow('aborted')
  expect(readdirSync(cache).filter((name) => !name.endsWith('.lock'))).toEqual([])
  expect(processesWith(directory)).toEqual([])
})

it.runIf(canSeeProcesses)('gives up starting a server, and ends it', async () => {
  const begin = `touch ${join(directory, 'begun')}`
  const program = putProgram(directory, 'bao', `${begin}\nexec sleep 600`)
  const interrupted = new AbortController()
  const starting = startDevServer({ binary: program, signal: interrupted.signal })
  await begun()
  interrupted.abort()
  await expect(starting).rejects.toThrow('aborted')
  expect(processesWith(directory)).toEqual([])
})

it('says that a program cannot be started, and tries no other way', async () => {
  await expect(startDevServer({ binary: join(directory, 'none') })).rejects.toThrow(
    'never answered',
  )
})
