import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'

describe('terraform with a function', () => {
  const workspaceOf = attached()
  const valueOf = async (expression: string) => {
    const workspace = workspaceOf(`
      resource "terraform_data" "later" { input = "hall" }
      output "mark" { value = ${expression} }`)
    const { code, output } = await workspace.apply()
    if (code !== 0) return output
    return (await workspace.run('output', '-raw', 'mark')).output
  }

  it('calls it with its arguments, null where it may be, and further ones', async () => {
    expect(await valueOf('provider::shelf::mark("hall", 3)')).toBe('hall/3')
    expect(await valueOf('provider::shelf::mark("hall", null, "A", "e\u0301")')).toBe(
      'hall/floor A \u00e9',
    )
  })

  it('waits for what is unknown, and calls it then', async () => {
    const workspace = workspaceOf(`
      resource "terraform_data" "later" { input = "hall" }
      resource "shelf_box" "a" { label = provider::shelf::mark(terraform_data.later.output, 1) }`)
    expect((await workspace.plan()).output).toMatch(/label += \(known after apply\)/)
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(workspace.state('shelf_box')).toMatchObject({ label: 'hall/1' })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it.each([
    ['its parameter', 'mark("", 1)', 'Invalid value for "room" parameter: A room has a name.'],
    [
      'a further one',
      'mark("a", 1, "b", "")',
      'Invalid value for "rest" parameter: A word is empty.',
    ],
    ['one that may not be null', 'mark(null, 1)', 'Invalid value for "room" parameter'],
    ['one of another type', 'mark("a", "b")', 'Invalid value for "shelf" parameter'],
    [
      'a number that would be rounded',
      'mark("a", 9007199254740993)',
      'Invalid value for "shelf" parameter: The number has more digits',
    ],
  ])('has its errors at %s', async (_, call, message) => {
    expect(await valueOf(`provider::shelf::${call}`)).toContain(message)
  })
})
