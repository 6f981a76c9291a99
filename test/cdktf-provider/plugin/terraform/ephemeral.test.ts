import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'
import { installed } from '../support/installed.ts'

const events = (log: string) => log.split('\n').slice(0, -1)

describe('terraform with an ephemeral resource', () => {
  const workspaceOf = attached()

  it('opens it, hands its values to write-only arguments, and closes it', async () => {
    const workspace = workspaceOf(`
      ephemeral "shelf_pass" "a" { reader = "ada" }
      resource "shelf_box" "a" {
        label = "A"
        key_wo = ephemeral.shelf_pass.a.code
      }`)
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(workspace.state('shelf_box')).toMatchObject({ opened: true, key_wo: null })
    expect(workspace.read('terraform.tfstate')).not.toContain('hunter2')
    // Once for the plan and once for the apply.
    const life = ['opened for ada', 'closed after 0 for ada']
    expect(events(workspace.read('shelf.json.log'))).toEqual([...life, ...life])
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it('renews it as often as it asks, with the lease that the last renewal left', async () => {
    const workspace = workspaceOf(`
      ephemeral "shelf_pass" "a" {
        reader = "ada"
        renews = 2
      }
      resource "shelf_box" "a" {
        label = "A"
        key_wo = ephemeral.shelf_pass.a.code
        waits_for = "renewed 2"
      }`)
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    const applied = events(workspace.read('shelf.json.log')).slice(-4)
    expect(applied).toEqual([
      'opened for ada',
      'renewed 1 for ada',
      'renewed 2 for ada',
      'closed after 2 for ada',
    ])
  })

  it('opens it once what it needs is known, and not before', async () => {
    const workspace = workspaceOf(`
      resource "terraform_data" "reader" { input = "ada" }
      ephemeral "shelf_pass" "a" { reader = terraform_data.reader.output }
      resource "shelf_box" "a" {
        label = "A"
        key_wo = ephemeral.shelf_pass.a.code
      }`)
    expect(await workspace.plan()).toMatchObject({ code: 2 })
    expect(workspace.read('shelf.json.log')).toBe('')
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(workspace.state('shelf_box')).toMatchObject({ opened: true })
  })

  it('shows why it does not open at its argument, and closes nothing', async () => {
    const workspace = workspaceOf('ephemeral "shelf_pass" "a" { reader = "stranger" }')
    const { code, output } = await workspace.plan()
    expect(code).toBe(1)
    expect(output).toMatch(/No pass for strangers\. with ephemeral\.shelf_pass\.a, on main\.tf/)
    expect(workspace.read('shelf.json.log')).toBe('')
  })
})

describe('terraform that ends before its time', () => {
  const shelf = installed()
  const life = ['opened for ada', 'closed after 0 for ada']
  const box = (body: string) => `
    ephemeral "shelf_pass" "a" { reader = "ada" }
    resource "shelf_box" "a" {
      label = "A"
      key_wo = ephemeral.shelf_pass.a.code
      waits_for = "never"
      ${body}
    }`

  // Terraform itself leaves the close out; the provider makes up for it as it goes.
  it.each(['SIGINT', 'SIGKILL'] as const)('closes what it opened, after %s', async (signal) => {
    const workspace = await shelf.workspace(box(''))
    const apply = workspace.start('apply', '-auto-approve')
    apply.stderr?.resume()
    apply.stdout?.on('data', (text) => {
      if (!String(text).includes('Creating...')) return
      if (signal === 'SIGKILL') apply.kill(signal)
      else process.kill(-(apply.pid as number), signal)
    })
    await once(apply, 'close')
    await expect.poll(shelf.sockets, { timeout: 10_000 }).toEqual([])
    expect(events(workspace.read('shelf.json.log'))).toEqual([...life, ...life])
  })

  it('closes what it opened, after a failure', async () => {
    const workspace = await shelf.workspace(box('timeouts { create = "1s" }'))
    expect(await workspace.apply()).toMatchObject({ code: 1 })
    expect(events(workspace.read('shelf.json.log'))).toEqual([...life, ...life])
    expect(shelf.sockets()).toEqual([])
  })
})
