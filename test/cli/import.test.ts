import { createCipheriv, createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerImports, runCli, type FakeShellOptions, type Sent } from './fake-shell.ts'

let directory: string
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'agyn-cli-'))))
afterAll(() => rmSync(directory, { recursive: true }))

const env = (input: string | Buffer, options: FakeShellOptions = {}, ...more: string[]) =>
  runCli(['import', '-', '--format', 'env', ...more], { input, ...options })

const json = (content: unknown, options: FakeShellOptions = {}, ...more: string[]) =>
  runCli(['import', '-', '--format', 'json', ...more], {
    input: JSON.stringify(content),
    ...options,
  })

const imports = (sent: readonly Sent[]) => sent.map(({ body }) => body)

describe('agyn-secrets import', () => {
  it('tries everything first, then writes it, and shows names and never a value', async () => {
    const { code, out, err, sent } = await env('A=hidden\nB=hidden')
    const items = [
      { name: 'A', value: 'hidden' },
      { name: 'B', value: 'hidden' },
    ]
    expect(imports(sent)).toEqual([
      { dryRun: true, items },
      { dryRun: false, items },
    ])
    expect(code).toBe(0)
    expect(out).toBe('NAME  OUTCOME\nA     created\nB     created\n')
    expect(err).toBe('2 created, 0 changed, 0 unchanged, 0 refused.\n')
  })

  it('writes nothing in a dry run, and answers programs in JSON', async () => {
    const answer = answerImports(['B'])
    const { code, out, sent } = await env('A=1\nB=2', { answer }, '--dry-run', '--json')
    expect(sent).toHaveLength(1)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      applied: false,
      items: [
        { name: 'A', line: 1, outcome: 'created' },
        { name: 'B', line: 2, outcome: 'unchanged' },
      ],
    })
  })

  it('reads a file by its extension, and puts it into the scope that a path names', async () => {
    const file = join(directory, 'a.yaml')
    writeFileSync(file, 'a: 01')
    const answer = (request: Sent) =>
      request.path.startsWith('/api/scopes')
        ? { items: [{ id: 's-1', organizationId: 'o-1' }], nextCursor: null }
        : answerImports()(request)
    const words = ['import', file, '--scope', 'payments/eu', '--category', 'agent_secret']
    const { code, sent } = await runCli(words, { answer })
    expect(code).toBe(0)
    expect(sent[0]?.path).toBe('/api/scopes?path=payments%2Feu&limit=2')
    const items = [{ name: 'a', value: '01', category: 'agent_secret' }]
    expect(sent[1]?.body).toEqual({ organizationId: 'o-1', scopeId: 's-1', dryRun: true, items })
  })

  it('lists everything that is wrong with the rows, in their order, and writes nothing', async () => {
    const rows = [
      { name: 'fine', value: 'hidden' },
      { name: 'a/b', value: 'hidden' },
      { name: 'mask', value: '•••••' },
      { name: 'big', value: 'x'.repeat(65_537) },
      { name: 'base', value: 'hidden!', encoding: 'base64' },
      { name: 'kind', value: 'hidden', category: 'hidden' },
      { name: 'more', value: 'hidden', extra: 'hidden' },
      { name: 'none' },
      { value: 'hidden' },
      { name: 'twice', value: 'hidden' },
      { name: 'twice', value: 'hidden' },
      { name: 'number', value: 42 },
    ]
    const input = `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}]`
    const { code, out, err, sent } = await runCli(['import', '-', '--format', 'json'], { input })
    expect(code).toBe(1)
    expect(imports(sent).map(({ dryRun }) => dryRun)).toEqual([true])
    expect(out).toBe('')
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^a\/b, item 2, line 3: A name has no `\/`/),
      expect.stringMatching(/^mask, item 3, line 4: `value`: This is a mask/),
      expect.stringMatching(/^big, item 4, line 5: `value`: A value has at most 64 KiB/),
      expect.stringMatching(/^base, item 5, line 6: `value`: This is not base64/),
      expect.stringMatching(/^kind, item 6, line 7: `category`: Give provider_credential/),
      expect.stringMatching(/^more, item 7, line 8: `extra`: There is no such field/),
      expect.stringMatching(/^none, item 8, line 9: `value`: This field is required/),
      expect.stringMatching(/^item 9, line 10: `name`: This field is required/),
      expect.stringMatching(/^twice, item 11, line 12: The name is given 2 times \(items 10, 11\)/),
      expect.stringMatching(/^number, item 12, line 13: Its `value` is a number\. Write it in q/),
      '10 refused. Nothing was written.',
      '',
    ])
    expect(err).not.toMatch(/hidden|42/)
  })

  it('lists what the API refuses, with the line, and writes nothing', async () => {
    const answer = ({ body }: Sent) => ({
      items: body.items.map(({ name }: { name: string }) =>
        name === 'B'
          ? { name, outcome: 'refused', code: 'not_local', detail: 'It is read elsewhere.' }
          : { name, outcome: 'created' },
      ),
      applied: false,
    })
    const { code, err, sent } = await env('A=1\nB=2', { answer })
    expect(sent).toHaveLength(1)
    expect(code).toBe(1)
    expect(err).toBe('B, line 2: It is read elsewhere.\n1 refused. Nothing was written.\n')
  })

  it('lists what is refused here and there in the order of the lines', async () => {
    const answer = ({ body }: Sent) => ({
      items: body.items.map(({ name }: { name: string }) =>
        name === 'B'
          ? { name, outcome: 'refused', code: 'not_local', detail: 'It is read elsewhere.' }
          : { name, outcome: 'created' },
      ),
      applied: false,
    })
    const { err } = await env('A=1\nB=2\nC=3 # c\nD=4', { answer })
    expect(err.split('\n').map((line) => line.split(':')[0])).toEqual([
      'B, line 2',
      'C, line 3',
      '2 refused. Nothing was written.',
      '',
    ])
  })

  it('says of a name that comes several times once so, and sends none of it', async () => {
    const { code, out, err, sent } = await env('A=1\nA=2\nB=1\nA=3')
    expect(code).toBe(1)
    expect(sent.map(({ body }) => body.items)).toEqual([[{ name: 'B', value: '1' }]])
    expect(out).toBe('')
    expect(err).toBe(
      'A, line 2: The name is given 3 times (lines 1, 2, 4), and only one value can be kept.\n1 refused. Nothing was written.\n',
    )
  })

  it('says all that is wrong with one row in one line', async () => {
    const { err } = await json([{ name: 'a', value: 'x', extra: '1', category: 'y' }])
    expect(err).toMatch(/^a, item 1, line 1: `category`: Give .* `extra`: There is no such field/)
    expect(err).toContain('\n1 refused. Nothing was written.\n')
  })

  it('says in a dry run what it would do, and does not claim to have done it', async () => {
    const answer = ({ body }: Sent) => ({
      items: body.items.map(({ name }: { name: string }, index: number) => ({
        name,
        outcome: ['created', 'changed', 'unchanged'][index],
      })),
      applied: false,
    })
    const { code, out, err } = await env('A=1\nB=2\nC=3', { answer }, '--dry-run')
    expect(code).toBe(0)
    expect(out).toBe('NAME  OUTCOME\nA     would create\nB     would change\n')
    expect(err).toBe('Would create 1 and change 1; 1 unchanged. Nothing was written.\n')
  })

  it('shows twenty rows of each outcome, and programs all of them', async () => {
    const many = Array.from({ length: 23 }, (_, index) => `N${index}=x`).join('\n')
    const { out } = await env(many)
    expect(out.trim().split('\n')).toHaveLength(1 + 20 + 1)
    expect(out).toContain('\n... and 3 more: created (all with --json)\n')
    expect(JSON.parse((await env(many, {}, '--json')).out).items).toHaveLength(23)
    const { err } = await env(many.replaceAll('=x', '= x'))
    expect(err.trim().split('\n')).toHaveLength(20 + 1 + 1)
    expect(err).toContain('\n... and 3 more: refused (all with --json)\n23 refused.')
  })

  it('lists what the API says about the items as a whole', async () => {
    const answer = () => ({
      status: 422,
      code: 'invalid',
      detail: '1 field needs attention.',
      errors: [
        { pointer: '#/items', code: 'too_big', detail: 'The env X would have 200000 bytes.' },
      ],
    })
    const { code, err } = await env('A=1', { answer })
    expect(code).toBe(1)
    expect(err).toContain('The env X would have 200000 bytes.\n')
  })

  it('sends 10,000 rows in batches that fit, and shows how far it is to who watches', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `NAME_${index}=hidden`).join('\n')
    const { code, err, sent, progress } = await env(many, { watched: true })
    expect(code).toBe(0)
    expect(sent).toHaveLength(40)
    expect(err).toBe('10000 created, 0 changed, 0 unchanged, 0 refused.\n')
    expect(progress).toContain('checked 500 of 10000\n')
    expect(progress).toContain('imported 9500 of 10000\n')
    expect(progress).not.toContain('hidden')
  })

  it('cuts batches by their size in JSON', async () => {
    // A control character takes six bytes there.
    const big = Array.from({ length: 8 }, (_, index) => [`N${index}`, '\u0001'.repeat(65_536)])
    const { code, sent } = await json(Object.fromEntries(big))
    expect(code).toBe(0)
    for (const { body } of sent) {
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(1024 * 1024)
    }
    expect(sent).toHaveLength(8)
  })

  it('says how much was written when the API goes away in between', async () => {
    const answer = (request: Sent) => {
      const isSecond = request.body.items[0].name === 'NAME_500'
      if (isSecond && !request.body.dryRun) throw new Error('gone')
      return answerImports()(request)
    }
    const many = Array.from({ length: 600 }, (_, index) => `NAME_${index}=x`).join('\n')
    const { code, err } = await env(many, { answer })
    expect(code).toBe(1)
    expect(err).toMatch(
      /did not answer.* At least 500 of 600 were written; run it again to go on\.\n$/,
    )
  })

  it('says how much was written when the API refuses in between', async () => {
    const answer = (request: Sent) =>
      request.body.items[0].name === 'NAME_500' && !request.body.dryRun
        ? { status: 403, code: 'forbidden', detail: 'Not any more.' }
        : answerImports()(request)
    const many = Array.from({ length: 600 }, (_, index) => `NAME_${index}=x`).join('\n')
    const { code, err } = await env(many, { answer })
    expect(code).toBe(1)
    expect(err).toBe('Not any more. 500 of 600 were written; run it again to go on.\n')
  })

  it('ends after the request under way when it is told to stop, and says how far it was', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => `NAME_${index}=x`).join('\n')
    const { code, err, sent, listening } = await env(many, { interruptedAt: 3 + 2 })
    expect(code).toBe(130)
    expect(sent).toHaveLength(3 + 2)
    expect(err).toBe(
      'Stopping after the request under way; once more stops at once.\n1000 of 1200 were written; run it again to go on.\n',
    )
    expect(listening).toBe(0)
  })

  it('writes nothing when it is told to stop while it tries', async () => {
    const { code, err, sent } = await env('A=1', { interruptedAt: 1 })
    expect({ code, sent: sent.length }).toEqual({ code: 130, sent: 1 })
    expect(err).toMatch(/\nNothing was written\.\n$/)
  })

  it('says every ten requests how far it is when nobody watches', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `NAME_${index}=hidden`).join('\n')
    const { err } = await env(many)
    expect(err).toBe(
      'checked 5000 of 10000\nimported 5000 of 10000\n10000 created, 0 changed, 0 unchanged, 0 refused.\n',
    )
  })

  it('writes no more once a secret is refused that was fine in the dry run', async () => {
    const answer = (request: Sent) => {
      const { items, dryRun } = request.body
      if (dryRun || items[0].name !== 'NAME_500') return answerImports()(request)
      const detail = 'It is read elsewhere now.'
      const [first, ...rest] = items as { name: string }[]
      return {
        items: [
          { name: first?.name, outcome: 'refused', code: 'not_local', detail },
          ...rest.map(({ name }) => ({ name, outcome: 'created' })),
        ],
        applied: false,
      }
    }
    const many = Array.from({ length: 1200 }, (_, index) => `NAME_${index}=x`).join('\n')
    const { code, err, sent } = await env(many, { answer })
    expect(code).toBe(1)
    expect(sent).toHaveLength(3 + 2)
    expect(err).toContain('NAME_500, line 501: It is read elsewhere now.')
    expect(err).toContain(
      '500 created, 0 changed, 0 unchanged, 1 refused. A secret has changed meanwhile. 500 of 1200 were written; run it again to go on.\n',
    )
  })
})

describe('agyn-secrets import --fernet', () => {
  const key = Buffer.alloc(32, 7)
  const fernetKeys = `${key.toString('base64').replaceAll('/', '_').replaceAll('+', '-')}`

  function sealed(plain: Buffer): string {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(16), Buffer.alloc(16))
    const head = Buffer.concat([Buffer.from([0x80]), Buffer.alloc(8 + 16)])
    const signed = Buffer.concat([head, cipher.update(plain), cipher.final()])
    const mac = createHmac('sha256', key.subarray(0, 16)).update(signed).digest()
    const text = Buffer.concat([signed, mac]).toString('base64')
    return text.replaceAll('+', '-').replaceAll('/', '_')
  }

  it('sends what was in the tokens, bytes that are no text in base64', async () => {
    const rows = { text: sealed(Buffer.from('grüße')), bytes: sealed(Buffer.from([0xff])) }
    const { code, sent } = await json(rows, { settings: { fernetKeys } }, '--fernet')
    expect(code).toBe(0)
    expect(sent[0]?.body.items).toEqual([
      { name: 'text', value: 'grüße', encoding: 'utf8' },
      { name: 'bytes', value: '/w==', encoding: 'base64' },
    ])
  })

  it('warns of tokens that would be kept as they are, and counts them', async () => {
    const rows = {
      a: sealed(Buffer.from('hidden')),
      b: sealed(Buffer.from('x'.repeat(100))),
      short: 'gAAAAA==',
      odd: sealed(Buffer.from('x')).slice(0, -4),
    }
    const { code, err } = await json(rows)
    expect(code).toBe(0)
    expect(err).toMatch(/^warning: 2 values look like Fernet tokens, .* give --fernet\.\n/)
    expect(err).not.toMatch(/gAAAAA/)
    const opened = await json({ a: rows.a }, { settings: { fernetKeys } }, '--fernet')
    expect(opened.err).not.toContain('warning')
  })

  it('refuses each row that no key opens, and quotes nothing of it', async () => {
    const other = sealed(Buffer.from('x')).replace(/.{6}$/, 'AAAAA=')
    const rows = [
      { name: 'plain', value: 'hidden' },
      { name: 'other', value: other },
      { name: 'encoded', value: 'hidden', encoding: 'base64' },
    ]
    const { code, err } = await json(rows, { settings: { fernetKeys } }, '--fernet')
    expect(code).toBe(1)
    expect(err).toMatch(/plain, item 1, line 1: It is not a Fernet token/)
    expect(err).toMatch(/other, item 2, line 1: None of the keys in FERNET_SECRET_KEY opens it/)
    expect(err).toMatch(/encoded, item 3, line 1: Leave `encoding` out/)
    expect(err).not.toMatch(/hidden|gAAAAAA/)
  })

  it.each([
    [undefined, /Set FERNET_SECRET_KEY/],
    ['hunter2', /FERNET_SECRET_KEY must be 32 bytes/],
  ])('needs the key, and does not quote it', async (fernetKeys, said) => {
    const { code, err, sent } = await env('A=1', { settings: { fernetKeys } }, '--fernet')
    expect(code).toBe(2)
    expect(err).toMatch(said)
    expect(err).not.toContain('hunter2')
    expect(sent).toEqual([])
  })
})

describe('a file that cannot be imported', () => {
  it.each<[string, string | Buffer]>([
    ['empty', ''],
    ['UTF-16', Buffer.from('\ufeffA=b', 'utf16le')],
    ['no text', Buffer.from('A=\xe4', 'latin1')],
  ])('is refused in one sentence, with 1, before anything is sent: %s', async (_, input) => {
    const { code, err, sent } = await env(input)
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(sent).toEqual([])
  })

  it('is a wrong usage when it is not there, or its format is not known', async () => {
    const missing = await runCli(['import', join(directory, 'missing.env')])
    expect(missing).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read (ENOENT)'),
    })
    const unknown = await runCli(['import', 'secrets.txt'])
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('--format') })
  })
})
