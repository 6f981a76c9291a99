import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'
import { installed } from '../support/installed.ts'
import type { Workspace } from '../support/terraform.ts'

const faulty = (mode: string, value = 'hunter2') => `
  variable "value" { default = "${value}" }
  resource "shelf_faulty" "a" {
    mode = "${mode}"
    value = var.value
  }`

/** How often Terraform says that something is wrong. */
const errors = (output: string) => output.split('Error: ').length - 1
const idOf = (workspace: Workspace) =>
  workspace.read('terraform.tfstate') && workspace.state('shelf_faulty')?.['id']

describe('terraform with a provider that is wrong', () => {
  const workspaceOf = attached()

  it.each([
    ['overrides', 'The provider may not plan `value`.', ''],
    ['plans garbage', 'A value does not fit its schema.', ''],
    ['throws', 'The provider failed while creating shelf_faulty.', undefined],
    ['contradicts', 'Provider produced inconsistent result after apply', 'chosen'],
    ['leaves unknown', 'The provider left `value` unknown.', 'chosen'],
    ['mistypes', 'A value does not fit its schema.', 'chosen'],
    ['tells nothing', 'A value does not fit its schema.', 'chosen'],
    ['tells too little', 'The provider gave no `mode`.', 'chosen'],
    ['is silent', 'The shelf did not answer.', 'chosen'],
  ])('says one thing when it %s, and keeps what exists', async (mode, summary, id) => {
    const workspace = workspaceOf(faulty(mode))
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toContain(summary)
    expect(errors(output)).toBe(1)
    expect(output).not.toContain('hunter2')
    expect(idOf(workspace)).toBe(id)
  })

  it('drops what the schema does not have', async () => {
    const workspace = workspaceOf(faulty('tells too much'))
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(workspace.state('shelf_faulty')).not.toHaveProperty('rumour')
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it.each([
    ['read', faulty('soundly'), 'The provider failed while reading shelf_faulty.', 'unreadable'],
    ['update', faulty('cannot update'), 'The provider failed while updating shelf_faulty.', 'v'],
  ])('leaves the object as it was when it cannot %s it', async (_, next, summary, value) => {
    const workspace = workspaceOf(faulty('soundly', value))
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    const before = workspace.state('shelf_faulty')
    workspace.configure(next)
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toContain(summary)
    expect(errors(output)).toBe(1)
    expect(workspace.state('shelf_faulty')).toEqual(before)
  })

  it('leaves the object as it was when it cannot delete it', async () => {
    const workspace = workspaceOf(faulty('cannot delete'))
    await workspace.apply()
    const { code, output } = await workspace.run('destroy', '-auto-approve')
    expect(code).toBe(1)
    expect(output).toContain('The provider failed while deleting shelf_faulty.')
    expect(idOf(workspace)).toBe('chosen')
  })
})

describe('terraform with a provider that harms its process', () => {
  const shelf = installed()
  const second = 'resource "shelf_hard" "b" { given = shelf_faulty.a.id }'

  it.each(['prints', 'forgets a promise'])('goes on when it %s', async (mode) => {
    const workspace = await shelf.workspace(`${faulty(mode)}\n${second}`)
    expect((await workspace.apply()).output).toContain('2 added')
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    expect(shelf.sockets()).toEqual([])
  })

  it.each(['exits', 'crashes'])('says so when it %s, and logs no value', async (mode) => {
    const workspace = await shelf.workspace(
      `resource "shelf_hard" "b" { given = "x" }\n${faulty(mode)}`.replace(
        'value = var.value',
        'value = var.value\n depends_on = [shelf_hard.b]',
      ),
      { TF_LOG_PROVIDER: 'trace', TF_LOG_PATH: '/dev/stderr' },
    )
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toMatch(/Error: Plugin did not respond|Error: Request cancelled/)
    expect(output).not.toContain('hunter2')
    // What was made before is known.
    expect(workspace.state('shelf_hard')).toMatchObject({ given: 'x' })
    expect(shelf.sockets()).toEqual([])
  })

  it('ends with a second Ctrl-C when it is deaf to the first', async () => {
    const workspace = await shelf.workspace(faulty('is deaf'))
    const apply = workspace.start('apply', '-auto-approve')
    apply.stderr?.resume()
    apply.stdout?.on('data', (text) => {
      if (!/Creating\.\.\.|Gracefully shutting down/.test(String(text))) return
      process.kill(-(apply.pid as number), 'SIGINT')
    })
    expect(await once(apply, 'close')).toEqual([1, null])
    await expect.poll(shelf.sockets, { timeout: 10_000 }).toEqual([])
  })
})
