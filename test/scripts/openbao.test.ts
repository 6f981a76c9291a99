import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { installOpenBao, startDevServer } from '../../scripts/openbao.ts'
import { canSeeProcesses, changed, processesWith } from '../support/left-behind.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'agyn-openbao-'))
  vi.stubEnv('PATH', `${directory}:${process.env['PATH']}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

/** A program that never does what it is asked for, nor what it has started. */
function stuck(name: string): string {
  const program = join(directory, name)
  writeFileSync(program, `#!/bin/sh\nsleep 600 &\ntouch ${join(directory, 'begun')}\nwait\n`)
  chmodSync(program, 0o755)
  return program
}
const begun = () => changed(directory, () => existsSync(join(directory, 'begun')))

it.runIf(canSeeProcesses)('gives up installing, and takes away what it had begun', async () => {
  stuck('python3')
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
  const program = join(directory, 'bao')
  writeFileSync(program, `#!/bin/sh\ntouch ${join(directory, 'begun')}\nexec sleep 600\n`)
  chmodSync(program, 0o755)
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
