import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { debug, type DebugSession } from '../../../cdktf-provider/plugin/index.ts'
import { bundleShelf } from './support/mirror.ts'
import { shelf } from './support/shelf.ts'
import { Workspace } from './support/terraform.ts'

const address = 'example.com/test/shelf'
const provider = 'provider "shelf" {\n file = "${abspath(path.module)}/shelf.json"\n}\n'

const workspaces: Workspace[] = []
const use = (...args: ConstructorParameters<typeof Workspace>) => {
  const workspace = new Workspace(...args)
  workspaces.push(workspace)
  return workspace
}
afterEach(() => {
  for (const workspace of workspaces.splice(0)) workspace.remove()
})

describe('terraform with an installed provider', () => {
  let mirror: string
  let sockets: string

  beforeAll(async () => {
    mirror = mkdtempSync(join(tmpdir(), 'mirror-'))
    sockets = mkdtempSync(join(tmpdir(), 'sock-'))
    await bundleShelf(mirror)
  })
  afterAll(() => {
    for (const directory of [mirror, sockets]) rmSync(directory, { recursive: true, force: true })
  })

  it('takes an object through its life and leaves nothing behind', async () => {
    const workspace = use({ mirror, environment: { PLUGIN_UNIX_SOCKET_DIR: sockets } })
    const book = (title: string, more: string) => `${provider}
      variable "note" {
        default = "hunter2"
        ephemeral = true
      }
      resource "shelf_book" "a" {
        isbn = "1"
        title = "${title}"
        ${more}
        note_wo = var.note
      }
      data "shelf_book" "found" { title = shelf_book.a.title }
      output "id" { value = data.shelf_book.found.id }`

    workspace.write(book('A', 'cover = { colour = "red", code = "hunter2" }\n note_version = 1'))
    expect(await workspace.run('init')).toMatchObject({ code: 0 })
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    const made = workspace.state('shelf_book')
    expect(made).toMatchObject({ title: 'A', lent: false, revision: 1, note_wo: null })
    expect(readFileSync(workspace.path('terraform.tfstate'), 'utf8')).not.toContain('hunter2')
    expect(readFileSync(workspace.path('shelf.json'), 'utf8')).toContain('hunter2')

    workspace.write(book('B', 'tags = { "__proto__" = "x", "e\u0301" = "y" }'))
    expect((await workspace.apply()).output).toContain('0 added, 1 changed, 0 destroyed')
    expect(workspace.state('shelf_book')).toMatchObject({
      id: made?.['id'],
      title: 'B',
      revision: 2,
    })
    expect(await workspace.plan()).toMatchObject({ code: 0 })

    // Gone behind Terraform's back: the next plan makes it again.
    rmSync(workspace.path('shelf.json'))
    expect((await workspace.plan()).output).toContain('1 to add, 0 to change, 0 to destroy')

    expect(await workspace.run('destroy', '-auto-approve')).toMatchObject({ code: 0 })
    expect(readdirSync(sockets)).toEqual([])
  })

  it('refuses bad configuration on its attribute, with a validator loaded when needed', async () => {
    const workspace = use({ mirror })
    workspace.write(
      `${provider} resource "shelf_book" "a" {\n isbn = "1"\n title = "A"\n cover = { colour = "loud" }\n}`,
    )
    await workspace.run('init')
    const { code, output } = await workspace.run('validate')
    expect(code).toBe(1)
    expect(output).toContain('That is no colour. with shelf_book.a, on main.tf')
    expect(existsSync(workspace.path(`.terraform/providers/${address}`))).toBe(true)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops on %s and keeps what may exist',
    async (signal) => {
      const workspace = use({
        mirror,
        environment: { TF_LOG_PROVIDER: 'trace', PLUGIN_UNIX_SOCKET_DIR: sockets },
      })
      workspace.write(`${provider} resource "shelf_faulty" "a" { mode = "waits" }`)
      await workspace.run('init')
      const apply = workspace.start('apply', '-auto-approve')
      let output = ''
      const applying = new Promise<void>((resolve) => {
        apply.stdout?.on('data', (text) => {
          output += String(text)
          if (output.includes('Creating...')) resolve()
        })
      })
      apply.stderr?.resume()
      const closed = once(apply, 'close')
      await applying
      // A terminal, or a runner that cancels, signals the whole process group.
      process.kill(-(apply.pid as number), signal)
      await closed
      expect(output).toContain('Interrupt received')
      expect(workspace.state('shelf_faulty')).toMatchObject({ id: 'chosen', mode: 'waits' })
      expect(readdirSync(sockets)).toEqual([])
      // What may exist does not: the refresh says so, and nothing has to be replaced.
      expect((await workspace.plan()).output).toContain('1 to add, 0 to change, 0 to destroy')
    },
  )

  it('leaves no process when Terraform is killed', async () => {
    const workspace = use({ mirror, environment: { PLUGIN_UNIX_SOCKET_DIR: sockets } })
    workspace.write(`${provider} resource "shelf_faulty" "a" { mode = "waits" }`)
    await workspace.run('init')
    const apply = workspace.start('apply', '-auto-approve')
    apply.stdout?.on('data', (text) => {
      if (String(text).includes('Creating...')) apply.kill('SIGKILL')
    })
    apply.stderr?.resume()
    await once(apply, 'close')
    await expect.poll(() => readdirSync(sockets), { timeout: 10_000 }).toEqual([])
  })
})

describe('terraform with an attached provider', () => {
  let session: DebugSession

  beforeAll(async () => {
    session = await debug(shelf, { address })
  })
  afterAll(() => session.close())

  const attached = (configuration: string) =>
    use({ environment: session.environment }).write(`${provider}${configuration}`)

  it('plans everything hard once', async () => {
    const configuration = (host: string) => `
      resource "terraform_data" "later" { input = "${host}" }
      resource "shelf_hard" "a" {
        numbers = [1, 2.5, 0.1, -3]
        huge = 123456789123456789.123456789
        anything = { a = [1, "x", true], b = null, c = 18446744073709551617 }
        single = { a = terraform_data.later.output, pass_wo = "p", inner = {} }
        rules = [{ host = "a" }, { host = terraform_data.later.output, port = 80, open = true }]
        by_name = { "x.y" = { v = "1" }, "" = { v = terraform_data.later.output } }
      }
      resource "shelf_hard" "b" { 
        single = { a = "prefix-\${terraform_data.later.id}" }
        given = shelf_hard.a.echo
      }`
    const workspace = attached(configuration('h0'))
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    const first = workspace.state('shelf_hard')
    expect(first).toMatchObject({ single: { b: 'b', inner: { d: 0.1 }, pass_wo: null } })

    workspace.write(`${provider}${configuration('h1')}`)
    expect((await workspace.apply()).output).toContain('0 added, 3 changed, 0 destroyed')
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    const second = workspace.state('shelf_hard')
    expect(second).toMatchObject({ id: first?.['id'], given: first?.['given'] })
    expect(second?.['echo']).not.toBe(first?.['echo'])
    expect(second?.['by_name']).toMatchObject({ 'x.y': (first?.['by_name'] as never)['x.y'] })
  })

  it('replaces what cannot be changed', async () => {
    const book = (isbn: string) => `resource "shelf_book" "a" {\n isbn = "${isbn}"\n title = "A"\n}`
    const workspace = attached(book('1'))
    await workspace.apply()
    const before = workspace.state('shelf_book')
    workspace.write(`${provider}${book('2')}`)
    const { output } = await workspace.apply()
    expect(output).toContain('"1" -> "2" # forces replacement')
    expect(output).toContain('1 added, 0 changed, 1 destroyed')
    expect(workspace.state('shelf_book')?.['id']).not.toBe(before?.['id'])
  })

  it('imports, and says what it cannot find', async () => {
    const workspace = attached('resource "shelf_book" "a" {\n isbn = "1"\n title = "A"\n}')
    await workspace.apply()
    const id = String(workspace.state('shelf_book')?.['id'])
    rmSync(workspace.path('terraform.tfstate'))
    expect((await workspace.run('import', 'shelf_book.a', 'x')).output).toContain(
      'There is no book x',
    )
    expect(await workspace.run('import', 'shelf_book.a', id)).toMatchObject({ code: 0 })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it('plans while its own configuration is not known, and applies when it is', async () => {
    const workspace = use({ environment: session.environment }).write(`
      resource "terraform_data" "file" { input = "\${abspath(path.module)}/shelf.json" }
      provider "shelf" { file = terraform_data.file.output }
      resource "shelf_book" "a" {
        isbn = "1"
        title = "A"
      }`)
    expect((await workspace.plan()).code).toBe(2)
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it('survives a state written by hand', async () => {
    const workspace = attached('resource "shelf_hard" "a" { huge = 0.5 }')
    await workspace.apply()
    const file = workspace.path('terraform.tfstate')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"huge": 0.5', '"huge": 5e-1, "gone": 1'),
    )
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it.each([
    ['overrides', 'The provider may not plan `value`.', undefined],
    ['throws', 'The provider failed while creating shelf_faulty.', undefined],
    ['contradicts', 'Provider produced inconsistent result after apply', 'chosen'],
    ['leaves unknown', 'The provider left `value` unknown.', 'chosen'],
    ['mistypes', 'A value does not fit its schema.', 'chosen'],
    ['is silent', 'The shelf did not answer.', 'chosen'],
  ])('tells the user when a provider %s', async (mode, summary, id) => {
    const workspace = attached(
      `variable "value" {\n default = "hunter2"\n}
      resource "shelf_faulty" "a" {\n mode = "${mode}"\n value = var.value\n}`,
    )
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toContain(summary)
    expect(output).not.toContain('hunter2')
    const state = existsSync(workspace.path('terraform.tfstate'))
      ? workspace.state('shelf_faulty')
      : undefined
    expect(state?.['id']).toBe(id)
  })
})
