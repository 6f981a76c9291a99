import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DirectoryLocked, lockDirectory } from '../../../api/database/directory-lock.ts'

const code = fileURLToPath(new URL('../../../api/database/directory-lock.ts', import.meta.url))

let directory: string
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'agyn-lock-'))))
afterEach(() => rmSync(directory, { recursive: true }))

/** Another process that holds the directory until it is killed. */
async function holder(): Promise<ChildProcessByStdio<null, Readable, null>> {
  const script = `
    import { lockDirectory } from ${JSON.stringify(code)}
    lockDirectory(${JSON.stringify(directory)})
    console.log('held')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

const lines = () => readFileSync(join(directory, 'lock'), 'utf8').split('\n').filter(Boolean)

describe('a data directory', () => {
  it('belongs to one process, which the refusal names, until that is dead', async () => {
    const child = await holder()
    try {
      expect(() => lockDirectory(directory)).toThrow(DirectoryLocked)
      expect(() => lockDirectory(directory)).toThrow(`process ${child.pid}`)
    } finally {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    lockDirectory(directory)()
  })

  it('belongs to one opener within a process, too', () => {
    const release = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(DirectoryLocked)
    release()
    release()
    lockDirectory(directory)()
  })

  it('is not held by a later process with the number of a dead one', () => {
    const past = { id: 'x', pid: process.ppid, host: hostname(), started: 'an earlier boot/1' }
    appendFileSync(join(directory, 'lock'), JSON.stringify(past) + '\n')
    lockDirectory(directory)()
  })

  it('is held by what runs on a host that cannot be seen from here, and says what to do', () => {
    const elsewhere = { id: 'x', pid: 1, host: 'another-host', started: '' }
    appendFileSync(join(directory, 'lock'), JSON.stringify(elsewhere) + '\n')
    expect(() => lockDirectory(directory)).toThrow(/another-host.*delete .*lock/)
  })

  it('is not held by a line that was torn', () => {
    const whole = JSON.stringify({ id: 'x', pid: process.ppid, host: hostname(), started: '' })
    appendFileSync(join(directory, 'lock'), `${whole.slice(0, 20)}\n`)
    lockDirectory(directory)()
    expect(lines()).toHaveLength(3)
  })
})
