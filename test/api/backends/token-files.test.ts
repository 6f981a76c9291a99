import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TokenFiles } from '../../../api/backends/token-files.ts'
import { codeOf, failureOf } from './failure-of.ts'

describe('a token file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'token-files-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const write = async (content: string | Buffer): Promise<string> => {
    const path = join(folder, 'token')
    await writeFile(path, content)
    return path
  }

  it('is read anew each time, without the line break at its end', async () => {
    const path = await write('first\n')
    const files = new TokenFiles([path])
    expect(await files.read(path)).toBe('first')
    await write('second')
    expect(await files.read(path)).toBe('second')
  })

  it('is found where Kubernetes puts it, behind a link that it moves', async () => {
    const link = join(folder, 'link')
    await symlink(await write('linked'), link)
    expect(await new TokenFiles([link]).read(link)).toBe('linked')
  })

  it('is none of the others of the server', async () => {
    const path = await write('token')
    const files = new TokenFiles([path])
    for (const other of [
      '/proc/self/environ',
      '/etc/passwd',
      folder,
      `${path}/`,
      `${folder}/./token`,
      `${folder}/x/../token`,
      `${path}\u0000`,
      '',
    ]) {
      const failure = await failureOf(files.read(other))
      expect(failure, other).toMatchObject({ code: 'misconfigured', notSent: true })
      expect(failure.hint).toContain('AGYN_TOKEN_PATHS')
    }
  })

  it('is never a device or a pipe, which may have no end', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const path of ['/dev/zero', pipe, folder]) {
      const failure = await failureOf(new TokenFiles([path]).read(path))
      expect(failure, path).toMatchObject({ code: 'misconfigured', notSent: true })
      expect(failure.message).toContain('is no regular file')
    }
  })

  it('is told apart from one that is missing or empty', async () => {
    const missing = join(folder, 'missing')
    const files = new TokenFiles([missing, join(folder, 'token')])
    expect((await failureOf(files.read(missing))).message).toContain('cannot be read')
    for (const content of ['', ' \n\t', 'x'.repeat(64 * 1024 + 1)]) {
      const failure = await failureOf(files.read(await write(content)))
      expect(failure.message).toContain('holds no token')
    }
  })

  it('keeps its path and content out of what is said when it is of no use', async () => {
    const path = await write('canary '.repeat(20_000))
    const failure = await failureOf(new TokenFiles([path]).read(path))
    expect(JSON.stringify({ ...failure, message: failure.message })).not.toMatch(
      /canary|token-files/,
    )
  })

  it('may be checked before it is needed', async () => {
    const path = await write('token')
    expect(() => new TokenFiles([path]).check(path)).not.toThrow()
    expect(() => new TokenFiles([]).check(path)).toThrow('not one that providers may log in with')
    expect(await codeOf(new TokenFiles([]).read(path))).toBe('misconfigured')
  })
})
