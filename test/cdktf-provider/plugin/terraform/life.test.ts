import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'
import { installed } from '../support/installed.ts'
import { shelfAddress } from '../support/terraform.ts'

describe('terraform with an installed provider', () => {
  const shelf = installed()

  it('takes an object through its life and leaves nothing behind', async () => {
    const book = (title: string, more: string) => `
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

    const workspace = await shelf.workspace(
      book('A', 'cover = { colour = "red", code = "hunter2" }\n note_version = 1'),
    )
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    const made = workspace.state('shelf_book')
    expect(made).toMatchObject({ title: 'A', lent: false, revision: 1, note_wo: null })
    expect(workspace.read('terraform.tfstate')).not.toContain('hunter2')
    expect(workspace.read('shelf.json')).toContain('hunter2')

    workspace.configure(book('B', 'tags = { "__proto__" = "x", "e\u0301" = "y" }'))
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
    expect(shelf.sockets()).toEqual([])
  })

  it('refuses bad configuration on its attribute, with a validator loaded when needed', async () => {
    const workspace = await shelf.workspace(
      'resource "shelf_book" "a" {\n isbn = "1"\n title = "A"\n cover = { colour = "loud" }\n}',
    )
    const { code, output } = await workspace.run('validate')
    expect(code).toBe(1)
    expect(output).toContain('That is no colour. with shelf_book.a, on main.tf')
    expect(existsSync(workspace.path(`.terraform/providers/${shelfAddress}`))).toBe(true)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops on %s and keeps what may exist',
    async (signal) => {
      const workspace = await shelf.workspace('resource "shelf_faulty" "a" { mode = "waits" }', {
        TF_LOG_PROVIDER: 'trace',
      })
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
      expect(shelf.sockets()).toEqual([])
      // What may exist does not: the refresh says so, and nothing has to be replaced.
      expect((await workspace.plan()).output).toContain('1 to add, 0 to change, 0 to destroy')
    },
  )
})

describe('terraform with an attached provider', () => {
  const workspaceOf = attached()

  it('replaces what cannot be changed', async () => {
    const book = (isbn: string) => `resource "shelf_book" "a" {\n isbn = "${isbn}"\n title = "A"\n}`
    const workspace = workspaceOf(book('1'))
    await workspace.apply()
    const before = workspace.state('shelf_book')
    workspace.configure(book('2'))
    const { output } = await workspace.apply()
    expect(output).toContain('"1" -> "2" # forces replacement')
    expect(output).toContain('1 added, 0 changed, 1 destroyed')
    expect(workspace.state('shelf_book')?.['id']).not.toBe(before?.['id'])
  })

  it('imports, and says what it cannot find', async () => {
    const workspace = workspaceOf('resource "shelf_book" "a" {\n isbn = "1"\n title = "A"\n}')
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
    const workspace = workspaceOf('').write(`
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
})
