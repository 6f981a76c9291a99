import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'

const box = 'resource "shelf_box" "a" { label = "A" }'
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('terraform with a state that others left', () => {
  const workspaceOf = attached()

  it('upgrades what an older version of the provider wrote, and changes nothing', async () => {
    const workspace = workspaceOf(box)
    workspace.forge({ type: 'shelf_box', attributes: { id: 'i', name: 'A' } })
    expect((await workspace.apply()).output).toContain('0 added, 0 changed, 0 destroyed')
    expect(workspace.state('shelf_box')).toMatchObject({ id: 'i', label: 'A', opened: false })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it('refuses what a newer version wrote, and leaves it', async () => {
    const workspace = workspaceOf(box)
    workspace.forge({ type: 'shelf_box', version: 9, attributes: { id: 'i', label: 'A' } })
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toMatch(/newer (provider )?version/)
    expect(workspace.state('shelf_box')).toEqual({ id: 'i', label: 'A' })
  })

  it('reads what has other attributes in the same version, numbers in every form', async () => {
    const workspace = workspaceOf('resource "shelf_hard" "a" { huge = 0.5 }')
    await workspace.apply()
    const state = workspace.state('shelf_hard') ?? {}
    workspace.forge({ type: 'shelf_hard', attributes: { ...state, huge: 5e-1, gone: 1 } })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
    const { by_name: _, ...less } = state
    workspace.forge({ type: 'shelf_hard', attributes: less })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it('keeps what the provider remembers through refresh, plan and apply', async () => {
    const workspace = workspaceOf(box)
    await workspace.apply()
    const id = workspace.state('shelf_box')?.['id']
    workspace.configure('resource "shelf_box" "a" { label = "B" }')
    expect((await workspace.apply()).output).toContain('1 changed')
    await workspace.run('apply', '-refresh-only', '-auto-approve')
    expect(workspace.state('shelf_box')).toMatchObject({ label: 'B', remembered: id })
  })

  it('goes on without what the provider remembers when it is damaged', async () => {
    const workspace = workspaceOf(box)
    for (const bytes of ['{"half":', '\u0000\u00ff', '']) {
      workspace.forge({
        type: 'shelf_box',
        version: 1,
        attributes: { id: 'i', label: 'A', opened: false, remembered: null },
        private: base64(bytes),
      })
      expect(await workspace.plan()).toMatchObject({ code: 0 })
    }
  })
})
