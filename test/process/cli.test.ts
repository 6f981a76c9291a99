import { spawn, type ChildProcess } from 'node:child_process'
import { createCipheriv, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'

const program = join(import.meta.dirname, '../../dist/cli/main.js')

let directory: string
let api: ApiProcess
let acme: ApiOrganization
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'agyn-cli-'))
  api = await ApiProcess.start()
  acme = await api.organization('acme')
})
afterAll(async () => {
  await api.remove()
  rmSync(directory, { recursive: true })
})

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built program as an owner, in an empty environment but for what it needs. */
async function run(
  words: readonly string[],
  {
    input = '',
    env = {},
    started,
  }: { input?: string; env?: NodeJS.ProcessEnv; started?: (child: ChildProcess) => void } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...words], {
    env: {
      PATH: process.env['PATH'],
      AGYN_API_URL: api.url,
      AGYN_API_TOKEN: acme.owner,
      ...env,
    },
  })
  started?.(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const closed = once(child, 'close')
  child.stdin.on('error', () => undefined) // it may end without reading
  child.stdin.end(input)
  const [code] = (await closed) as [number | null]
  expect(`${said.out}${said.err}`).not.toMatch(/hidden|\n\s+at /)
  return { code, ...said }
}

const owner = () => api.client(acme.owner)

async function valueOf(name: string): Promise<string> {
  const { items } = await owner().call('ListSecrets', { query: { name } })
  const body = { secretId: items[0]?.id ?? '' }
  return (await api.client(acme.orchestrator).call('ResolveSecret', { body })).value
}

function file(name: string, content: string): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

describe('agyn-secrets import', () => {
  it('tries a .env file, takes it over, and finds nothing to do the second time', async () => {
    const path = file('.env', 'A_KEY=hidden-1\nB_KEY="hidden\\n2" # two\n')
    const tried = await run(['import', path, '--dry-run'])
    expect(tried.err).toBe('Would create 2 and change 0; 0 unchanged. Nothing was written.\n')
    expect((await owner().call('ListSecrets', { query: { name: 'A_KEY' } })).items).toEqual([])

    expect((await run(['import', path])).out).toBe(
      'NAME   OUTCOME\nA_KEY  created\nB_KEY  created\n',
    )
    expect(await valueOf('B_KEY')).toBe('hidden\n2')

    const again = await run(['import', path, '--json'])
    expect(again.code).toBe(0)
    expect(JSON.parse(again.out)).toMatchObject({
      applied: true,
      items: [{ outcome: 'unchanged' }, { outcome: 'unchanged' }],
    })
  })

  it('reads JSON from stdin into a scope, and keeps every byte', async () => {
    const { id } = await owner().call('CreateScope', { body: { kind: 'team', name: 'payments' } })
    const text = 'hidden \u0000 \ud83d\udd11\r\n\u001b'
    const rows = [
      { name: 'exact', value: text, description: 'as it was' },
      { name: 'binary', value: '/wA=', encoding: 'base64' },
    ]
    const words = ['import', '-', '--format', 'json', '--scope', 'payments']
    const { code } = await run([...words, '--category', 'agent_secret'], {
      input: JSON.stringify(rows),
    })
    expect(code).toBe(0)
    const { items } = await owner().call('ListSecrets', { query: { scopeId: id } })
    expect(items).toHaveLength(2)
    expect(items.every(({ category }) => category === 'agent_secret')).toBe(true)
    expect(await valueOf('exact')).toBe(text)
    expect(await valueOf('binary')).toBe('/wA=')
  })

  it('takes more rows than one request, in YAML, or none of them', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => `many-${index}: hidden`)
    const path = file('many.yaml', [...rows, 'many-0: hidden'].join('\n'))
    const refused = await run(['import', path])
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(
      /^many-0, line 1201: The name is given 2 times \(lines 1, 1201\).*\n1 refused\. Nothing was written\.\n$/,
    )
    const query = { q: 'many-', limit: 1 }
    expect((await owner().call('ListSecrets', { query })).items).toEqual([])

    writeFileSync(path, rows.join('\n'))
    const taken = await run(['import', path])
    expect(taken.code).toBe(0)
    expect(taken.err).toBe('1200 created, 0 changed, 0 unchanged, 0 refused.\n')
    expect(await valueOf('many-1199')).toBe('hidden')
  })

  it('goes on to the end of a request when it is interrupted, and says how far it was', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => `stop-${index}: hidden`)
    const path = file('stop.yaml', rows.join('\n'))
    let child: ChildProcess | undefined
    const server = createServer((request, response) => {
      void json(request).then((body) => {
        const { items, dryRun } = body as { items: { name: string }[]; dryRun: boolean }
        if (!dryRun) child?.kill('SIGINT')
        const answered = items.map(({ name }) => ({ name, outcome: 'created' }))
        // Sent late, so that the signal is there before the answer.
        setTimeout(() => response.end(JSON.stringify({ items: answered, applied: !dryRun })), 100)
      })
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const env = { AGYN_API_URL: `http://127.0.0.1:${port}` }
    const { code, err } = await run(['import', path], { env, started: (it) => (child = it) })
    server.close()
    expect(code).toBe(130)
    expect(err).toContain('500 of 1200 were written; run it again to go on.\n')
  })

  it('opens Fernet tokens', async () => {
    const key = Buffer.alloc(32, 9)
    const cipher = createCipheriv('aes-128-cbc', key.subarray(16), Buffer.alloc(16))
    const head = Buffer.concat([Buffer.from([0x80]), Buffer.alloc(24)])
    const signed = Buffer.concat([head, cipher.update('hidden-fernet'), cipher.final()])
    const mac = createHmac('sha256', key.subarray(0, 16)).update(signed).digest()
    const urlSafe = (bytes: Buffer) =>
      bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
    const path = file('fernet.env', `FERNET=${urlSafe(Buffer.concat([signed, mac]))}`)
    const env = { FERNET_SECRET_KEY: urlSafe(key) }
    expect((await run(['import', path, '--fernet'], { env })).code).toBe(0)
    expect(await valueOf('FERNET')).toBe('hidden-fernet')
  })
})

describe('agyn-secrets preflight', () => {
  const consumer = (id: string) => ({ kind: 'agent', id }) as const

  it('answers with 0, 1 or 2: it would start, it would not, or the API could not be asked', async () => {
    const body = { name: 'gone', value: 'hidden' }
    const { id: secretId } = await owner().call('CreateSecret', { body })
    const env = { name: 'GONE', secretId, consumer: consumer('billing') }
    await owner().call('CreateEnv', { body: env })
    const fine = await run(['preflight', '--agent', 'billing'])
    expect(fine.code).toBe(0)
    expect(fine.out).toMatch(/^agent billing: would start\n.*\nGONE +gone +kept here +ok +1 /)

    await owner().call('DeleteSecret', { params: { id: secretId }, query: { force: 'true' } })
    const broken = await run(['preflight', '--agent', 'billing', '--agent', 'nobody'])
    expect(broken.code).toBe(1)
    expect(broken.out).toMatch(/agent billing: would not start\n.*\nGONE .*secret_deleted/)
    expect(broken.err).toMatch(/^warning: agent nobody: .*spelt right/)

    const token = { AGYN_API_TOKEN: 'agyn_hidden-and-wrong' }
    const refused = await run(['preflight', '--agent', 'billing'], { env: token })
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('unauthenticated') })
    const nowhere = ['preflight', '--agent', 'billing', '--api-url', 'http://127.0.0.1:1']
    expect(await run(nowhere)).toMatchObject({
      code: 2,
      err: expect.stringContaining('did not answer'),
    })
  })

  it('asks about a brief, and names what looks like a name that is missing', async () => {
    await run(['import', file('brief.env', 'brief-token=hidden')])
    const fine = await run(['preflight', '--scope', '/', '--ref', 'brief-token=TOKEN', '--json'])
    expect(fine.code).toBe(0)
    expect(JSON.parse(fine.out)).toMatchObject([
      { scope: '/', ok: true, items: [{ env: 'TOKEN' }] },
    ])
    const misspelt = await run(['preflight', '--scope', '/', '--ref', 'brief-tokn'])
    expect(misspelt.code).toBe(1)
    expect(misspelt.out.match(/: brief-token/g)).toHaveLength(1)
  })

  it('tells a template from a plain value', async () => {
    await run(['import', file('parts.env', 'part=hidden')])
    const of = { consumer: consumer('templated') }
    await owner().call('CreateEnv', { body: { ...of, name: 'URL', template: 'x:${secret:part}' } })
    await owner().call('CreateEnv', { body: { ...of, name: 'REGION', value: 'eu' } })
    const { out } = await run(['preflight', '--agent', 'templated'])
    expect(out).toMatch(/\nREGION +\(plain value\) +ok\nURL +\(template\) part +ok +\d+\n$/)
  })

  it('says to leave out /api, below which nothing answers', async () => {
    const refused = await run(['preflight', '--agent', 'billing', '--api-url', `${api.url}/api`])
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringContaining('The address ends with /api: leave that out'),
    })
  })
})

describe('agyn-secrets explain', () => {
  it('tells which secret a name means in a scope, and which one it was preferred to', async () => {
    await owner().call('CreateScope', { body: { kind: 'team', name: 'growth' } })
    const path = file('explained.env', 'explained=hidden')
    await run(['import', path])
    await run(['import', path, '--scope', 'growth'])
    const { code, out } = await run(['explain', '--scope', 'growth', 'explained'])
    expect(code).toBe(0)
    expect(out).toBe(
      'NAME       FROM         STORAGE  PREFERRED TO\nexplained  team growth  local    organization /\n',
    )
    const all = await run(['explain', '--scope', 'growth', '--json'])
    const names = (JSON.parse(all.out) as { name: string }[]).map(({ name }) => name)
    expect(names.filter((name) => name === 'explained')).toHaveLength(1)
    const misspelt = await run(['explain', '--scope', 'growth', 'explaned'])
    expect(misspelt).toMatchObject({
      code: 1,
      err: 'No secret of this name applies there. Near it: explained.\n',
    })
    expect((await run(['explain', '--scope', 'nowhere'])).code).toBe(2)
  })
})

describe('the commands of the API', () => {
  it('run from here as from api/main.js', async () => {
    const AGYN_DATA_DIR = join(directory, 'data')
    const first = await run(['migrate'], { env: { AGYN_DATA_DIR } })
    expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^Applied \d+ migration/) })
    const admin = await run(['admin-token'], { env: { AGYN_DATA_DIR } })
    expect(admin).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^admin token: agyn_\S+\n$/),
    })
    const refused = await run(['serve'], { env: { AGYN_DATA_DIR, PORT: '99999' } })
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('PORT') })
  })

  it('serve until they are told to stop', async () => {
    const env = { PATH: process.env['PATH'], PORT: '0', AGYN_DATA_DIR: join(directory, 'served') }
    const child = spawn(process.execPath, [program, 'serve'], { env })
    const closed = once(child, 'close')
    for await (const chunk of child.stdout) if (/listening on/.test(String(chunk))) break
    child.kill('SIGTERM')
    expect(await closed).toEqual([0, null])
  })
})
