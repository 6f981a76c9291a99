import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findOpenTofu, installOpenTofu } from '../../scripts/opentofu.ts'
import { canSeeProcesses, changed, processesWith } from '../support/left-behind.ts'
import { putProgram } from '../support/put-program.ts'

let directory: string
let cache: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'agyn-opentofu-'))
  cache = join(directory, 'cache')
  vi.stubEnv('PATH', `${directory}:${process.env['PATH']}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

const installed = () => readdirSync(cache).filter((name) => !name.endsWith('.lock'))

describe('the OpenTofu on PATH', () => {
  it('is found, unless it cannot be run', async () => {
    vi.stubEnv('PATH', directory)
    expect(await findOpenTofu()).toBeNull()
    writeFileSync(join(directory, 'tofu'), 'nothing to run')
    expect(await findOpenTofu()).toBeNull()
    const program = putProgram(directory, 'tofu', 'true')
    expect(await findOpenTofu()).toBe(program)
  })
})

describe('installing OpenTofu', () => {
  /** A Go that builds what it finds in the go.mod, and notes that it did. */
  const go = () =>
    putProgram(
      directory,
      'go',
      `echo built >>'${directory}/built'
       while [ "$1" != -o ]; do shift; done
       cat go.mod >"$2"`,
    )

  it('builds it once, when two ask for it at once and later', async () => {
    go()
    const said: string[] = []
    const install = () => installOpenTofu(cache, (line) => said.push(line))
    const [first, second] = await Promise.all([install(), install()])
    expect(second).toBe(first)
    expect(await install()).toBe(first)
    expect(readFileSync(join(directory, 'built'), 'utf8')).toBe('built\n')
    expect(installed()).toEqual(['tofu-1.12.6'])
    expect(readFileSync(first, 'utf8')).toContain('github.com/opentofu/opentofu v1.12.6')
    expect(said[0]).toBe(`Installing OpenTofu 1.12.6 into ${cache} (once)`)
  })

  it.runIf(canSeeProcesses)('gives up, and takes away what it had begun', async () => {
    putProgram(directory, 'go', `sleep 600 &\ntouch '${directory}/begun'\nwait`)
    const interrupted = new AbortController()
    const installing = installOpenTofu(cache, undefined, interrupted.signal)
    await changed(directory, () => existsSync(join(directory, 'begun')))
    interrupted.abort()
    await expect(installing).rejects.toThrow('aborted')
    expect(installed()).toEqual([])
    expect(processesWith(directory)).toEqual([])
  })

  it('says what is missing where there is no Go, or what Go had to say', async () => {
    putProgram(directory, 'go', 'echo "go: error: this is Go 1.20" >&2\nexit 1')
    await expect(installOpenTofu(cache)).rejects.toThrow('go: error: this is Go 1.20')
    vi.stubEnv('PATH', cache)
    await expect(installOpenTofu(cache)).rejects.toThrow(
      'go, which was not found. Install Go 1.26 or newer, or put tofu on PATH.',
    )
    expect(installed()).toEqual([])
  })
})
