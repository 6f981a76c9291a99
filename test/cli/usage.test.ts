import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli, token } from './fake-shell.ts'

let directory: string
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'agyn-cli-'))))
afterAll(() => rmSync(directory, { recursive: true }))

const preflight = ['preflight', '--agent', 'billing']

describe('agyn-secrets', () => {
  it('is the API when no command is given, and when it is named', async () => {
    expect((await runCli([])).started).toEqual(['serve'])
    for (const command of ['serve', 'migrate', 'admin-token'] as const) {
      expect(await runCli([command])).toMatchObject({ code: 0, started: [command] })
    }
  })

  it.each([
    ['--help'],
    ['preflight', '--help'],
    ['explain', '-h'],
    ['import', '--help'],
    ['help', 'serve'],
  ])('explains itself: %s %s', async (...words) => {
    const { code, out, err } = await runCli(words)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Usage: agyn-secrets/)
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100)
  })

  it('says first in its help what it does without a command', async () => {
    const [, , first] = (await runCli(['--help'])).out.split('\n')
    expect(first).toBe('Without a command it starts the API, as serve does.')
  })

  it.each(['import', 'preflight'])('has the words of README.md in the help of %s', async (name) => {
    const { out } = await runCli([name, '--help'])
    const said = { import: ['" #"', '$NAME', 'run it again to go on'], preflight: ['last ='] }
    for (const words of said[name as keyof typeof said]) expect(out).toContain(words)
  })

  it('says to leave out /api when nothing is found below it', async () => {
    const answer = () => ({ status: 404, code: 'not_found', detail: 'Nothing is here.' })
    const hint = 'The address ends with /api: leave that out, every request has it already.\n'
    const settings = { apiUrl: 'http://api.test/api/' }
    expect((await runCli(preflight, { answer, settings })).err).toContain(`\n${hint}`)
    expect((await runCli(preflight, { answer })).err).not.toContain(hint)
  })

  it('tells its version', async () => {
    expect(await runCli(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' })
  })

  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['imprt', 'x'], /unknown command 'imprt'.*import/s],
    ['an unknown option', ['import', 'x', '--dryrun'], /unknown option '--dryrun'.*--dry-run/s],
    ['too many arguments', ['serve', 'now'], /too many arguments/],
    ['nobody to start', ['preflight'], /Give --agent/],
    ['secrets of no brief', [...preflight, '--ref', 'a'], /--ref belongs to a brief/],
    ['no scope', ['explain', 'a'], /--scope/],
    ['an unknown category', ['import', 'x', '--category', 'y'], /agent_secret/],
    ['an address that is none', [...preflight, '--api-url', 'api:8080'], /must be a URL/],
  ])('ends with 2 for %s, and says what is right', async (_, words, said) => {
    const { code, err, sent } = await runCli(words)
    expect(code).toBe(2)
    expect(err).toMatch(said)
    expect(sent).toEqual([])
  })

  it('asks for the address and the token, and never takes the token as an argument', async () => {
    const noUrl = await runCli(preflight, { settings: { apiUrl: undefined } })
    expect(noUrl).toMatchObject({ code: 2, err: expect.stringContaining('AGYN_API_URL') })
    const noToken = await runCli(preflight, { settings: { apiToken: undefined } })
    expect(noToken).toMatchObject({ code: 2, err: expect.stringContaining('AGYN_API_TOKEN') })
    expect((await runCli([...preflight, '--token', token])).code).toBe(2)
  })

  it('reads the token from a file, which wins over the environment', async () => {
    const file = join(directory, 'token')
    writeFileSync(file, `${token}\n`)
    const answer = () => ({ ok: true, items: [] })
    const words = [...preflight, '--token-file', file]
    expect((await runCli(words, { answer, settings: { apiToken: 'wr\nong' } })).code).toBe(0)
    const missing = await runCli([...preflight, '--token-file', join(directory, 'none')])
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('ENOENT') })
  })

  it('does not quote a token that cannot be one', async () => {
    const { code, err } = await runCli(preflight, { settings: { apiToken: 'hunter2\nhunter2' } })
    expect(code).toBe(2)
    expect(err).not.toContain('hunter2')
  })

  it('ends with 2 when the API refuses, with what it said about which field', async () => {
    const answer = () => ({
      status: 422,
      code: 'invalid',
      detail: '1 field needs attention.',
      errors: [
        { pointer: '#/organizationId', code: 'required', detail: 'Name the one it is for.' },
      ],
    })
    const { code, err } = await runCli(preflight, { answer })
    expect(code).toBe(2)
    expect(err).toBe(
      'The API refused PreflightWorkload (invalid): 1 field needs attention.\n  #/organizationId: Name the one it is for.\n',
    )
  })

  it('ends with 2 when the API does not answer', async () => {
    const answer = () => {
      throw new Error('refused to connect')
    }
    const { code, err } = await runCli(preflight, { answer })
    expect(code).toBe(2)
    expect(err).toMatch(/^The API at http:\/\/api\.test did not answer/)
    expect(err).not.toContain(token)
  })

  it('names an organization by its id in every request, whichever way it was given', async () => {
    const id = '0198c0de-0000-7000-8000-000000000000'
    const answer = ({ path }: { path: string }) =>
      path.startsWith('/api/organizations')
        ? { items: path.endsWith('name=acme') ? [{ id }] : [], nextCursor: null }
        : { ok: true, items: [] }
    for (const given of ['acme', id]) {
      const { sent } = await runCli([...preflight, '--organization', given], { answer })
      expect(sent.at(-1)?.body).toMatchObject({ organizationId: id })
    }
    const none = await runCli(['--organization', 'globex', ...preflight], { answer })
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('no organization globex') })
  })
})
