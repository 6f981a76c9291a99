import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDirectory } from '../../../api/database/directory-lock.ts'

let directory: string
let file: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'agyn-lock-'))
  file = join(directory, 'lock')
})
afterEach(() => rmSync(directory, { recursive: true }))

/** A line of a process that lives for as long as this test. */
const living = JSON.stringify({ id: 'x', pid: 1, host: 'another-host', started: '' })

describe('the lock file', () => {
  it.each([
    ['a line without its end', living.slice(0, 30)],
    ['half a release', `{"released":"x`],
    ['a line without a host', '{"id":"x","pid":1}\n'],
    ['a host that is no text', '{"id":"x","pid":1,"host":null,"started":""}\n'],
    ['JSON of another kind', 'null\n[]\n1\n"x"\n{}\n{"released":1}\n'],
    ['bytes', '\0\0\0\0\n'],
  ])('is read past %s', (_, torn) => {
    appendFileSync(file, torn)
    const release = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(`process ${process.pid}`)
    release()
    appendFileSync(file, torn)
    lockDirectory(directory)()
  })

  it('keeps a holder whose line is followed by a torn one', () => {
    appendFileSync(file, `${living}\n${living.slice(0, 30)}`)
    expect(() => lockDirectory(directory)).toThrow('another-host')
  })

  it('keeps every line by itself, whatever was there before', () => {
    appendFileSync(file, '{"id":"to')
    lockDirectory(directory)()
    const [, mine = '', released = ''] = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    expect(JSON.parse(mine)).toMatchObject({ pid: process.pid, host: hostname() })
    expect(JSON.parse(released)).toEqual({ released: JSON.parse(mine).id })
  })

  it('refuses the directory when what was written is not there', () => {
    symlinkSync('/dev/null', file)
    expect(() => lockDirectory(directory)).toThrow(
      /lock cannot be written \(not all of it arrived\)/,
    )
  })

  it('refuses the directory when nothing can be written, and says why', () => {
    mkdirSync(file)
    expect(() => lockDirectory(directory)).toThrow(/lock cannot be written \(EISDIR\).*disk/)
  })
})
