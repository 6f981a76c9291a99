import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'

describe('terraform with a block', () => {
  const workspaceOf = attached()
  const box = (body: string) => `resource "shelf_box" "a" {\n label = "A"\n ${body}\n}`

  it('refuses a misspelt argument in it by itself', async () => {
    const workspace = workspaceOf(box('loan {\n reader = "ada"\n dys = 3\n}'))
    const { code, output } = await workspace.run('validate')
    expect(code).toBe(1)
    expect(output).toContain('An argument named "dys" is not expected here.')
  })

  it('plans it once: when it comes, changes, goes', async () => {
    const workspace = workspaceOf(box(''))
    const bodies = [
      ['loan { reader = "ada" }', { reader: 'ada', days: 30, proof: 'lent to ada' }],
      ['loan {\n reader = "bob"\n days = 1\n}', { reader: 'bob', days: 1, proof: 'lent to bob' }],
      ['', null],
    ] as const
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    for (const [body, loan] of bodies) {
      workspace.configure(box(body))
      expect((await workspace.apply()).output).toContain('0 added, 1 changed, 0 destroyed')
      expect(await workspace.plan()).toMatchObject({ code: 0 })
      const stored = workspace.state('shelf_box')?.['loan']
      if (loan) expect(stored).toMatchObject(loan)
      else expect(stored).toBeNull()
    }
  })

  it('hands over its write-only arguments and stores none', async () => {
    const workspace = workspaceOf(
      box('key_wo = "hunter2"\n loan {\n reader = "ada"\n pin_wo = "hunter2"\n}'),
    )
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(workspace.state('shelf_box')).toMatchObject({ opened: true })
    expect(workspace.read('terraform.tfstate')).not.toContain('hunter2')
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it('takes it from `dynamic`, unknown until apply', async () => {
    const workspace = workspaceOf(`
      resource "terraform_data" "later" { input = ["ada"] }
      ${box('dynamic "loan" {\n for_each = terraform_data.later.output\n content { reader = loan.value }\n}')}`)
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(workspace.state('shelf_box')).toMatchObject({ loan: { reader: 'ada' } })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })
})

describe('terraform with timeouts', () => {
  const workspaceOf = attached()

  it('stops what takes too long, says which limit it was, and keeps what may exist', async () => {
    const workspace = workspaceOf(
      'resource "shelf_box" "a" {\n label = "A"\n waits_for = "never"\n timeouts { create = "1s" }\n}',
    )
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toContain('shelf_box: create took longer than its timeout of 1s.')
    expect(workspace.state('shelf_box')).toMatchObject({ label: 'A', timeouts: { create: '1s' } })
  })

  it('refuses a limit that is none, also one that is known at apply only', async () => {
    const box = (limit: string) => `
      resource "terraform_data" "later" { input = "soon" }
      resource "shelf_box" "a" {
        label = "A"
        timeouts { delete = ${limit} }
      }`
    const workspace = workspaceOf(box('"soon"'))
    const message = 'The timeout of `delete` is not valid. with shelf_box.a, on main.tf'
    expect((await workspace.run('validate')).output).toContain(message)
    workspace.configure(box('terraform_data.later.output'))
    expect(await workspace.plan()).toMatchObject({ code: 2 })
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toContain('The timeout of `delete` is not valid.')
    expect(workspace.state('shelf_box')).toBeUndefined()
  })

  it('changes them in place, and plans no more after it', async () => {
    const box = (body: string) => `resource "shelf_box" "a" {\n label = "A"\n ${body}\n}`
    const workspace = workspaceOf(box('timeouts { create = "5m" }'))
    await workspace.apply()
    for (const body of ['timeouts {}', 'timeouts { delete = "1h" }', '']) {
      workspace.configure(box(body))
      expect((await workspace.apply()).output).toContain('1 changed')
      expect(await workspace.plan()).toMatchObject({ code: 0 })
    }
  })
})

describe('terraform with a set of objects', () => {
  const workspaceOf = attached()
  const box = (items: string) => `
    resource "terraform_data" "later" { input = "pen" }
    resource "shelf_box" "a" {
      label = "A"
      items = ${items}
    }`

  it('plans elements in another order as no change, and every other as one', async () => {
    const ink = '{ name = "ink", sizes = [1, 2.5] }'
    const pen = '{ name = terraform_data.later.output, count = 3 }'
    const workspace = workspaceOf(box(`[${ink}, ${pen}]`))
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    workspace.configure(box(`[${pen}, { name = "ink", sizes = [2.5, 1] }, ${ink}]`))
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    for (const items of [`[${pen}]`, '[]', 'null', `[${ink}, { name = "ink" }]`]) {
      workspace.configure(box(items))
      expect((await workspace.apply()).output).toContain('0 added, 1 changed, 0 destroyed')
      expect(await workspace.plan()).toMatchObject({ code: 0 })
    }
  })
})
