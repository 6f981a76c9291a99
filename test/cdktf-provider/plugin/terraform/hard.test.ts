import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'

/** Two values of each attribute, as HCL. Those of `later` are unknown in the first plan. */
const values = {
  numbers: ['[1, 2.5, 0.1, -3, 1]', '[0.1, 1e2]'],
  huge: ['1e400', '9007199254740993'],
  anything: [
    '{ a = [1, "x", true, later.output], b = null, "__proto__" = 9007199254740993, c = {} }',
    '[[], {}, later.id, 18446744073709551617]',
  ],
  given: ['later.output', '"e\u0301"'],
  single: [
    '{ a = "pre-${later.id}", inner = {} }',
    '{ a = "b", b = "B", pass_wo = "p", inner = { d = 9007199254740991 } }',
  ],
  rules: [
    '[{ host = "a" }, { host = later.output, port = 80, open = true }]',
    '[{ host = later.id, open = null }]',
  ],
  by_name: [
    '{ "x.y" = { v = "1" }, "" = { v = later.output }, "__proto__" = { v = "2" } }',
    '{ "e\u0301" = { v = "1" }, constructor = { v = later.id } }',
  ],
  words: ['["a", null, "", later.output, "\u{1f4da}"]', '[]'],
  flags: ['{ "__proto__" = true, b = null, "e\u0301" = false }', '{}'],
  long: ['file("long")', 'join("", [file("long"), later.id])'],
  groups: [
    '[{ name = "a", members = [] }, { name = later.output, members = [{ name = "m", ranks = [2, 1] }] }]',
    '[{ name = "a" }, { name = "b", members = [{ name = later.id, ranks = [] }] }]',
  ],
} as const

const blocks = [
  'outer {\n inner {\n tags = { "__proto__" = later.output }\n }\n}',
  'outer {\n a = "a"\n count = 2\n}',
]

type Name = keyof typeof values
const names = Object.keys(values) as Name[]

/** All attributes with their first value, but those of `other`: the second, or none. */
function configuration(other: { readonly [N in Name | 'outer']?: 1 | null }): string {
  const which = (name: Name | 'outer') => (name in other ? other[name] : 0)
  const lines = names.flatMap((name) => {
    const index = which(name)
    return index === null ? [] : `${name} = ${values[name][index ?? 0]}`
  })
  const block = which('outer')
  if (block !== null) lines.push(blocks[block ?? 0] ?? '')
  const body = lines.join('\n').replaceAll(/\blater\b/g, 'terraform_data.later')
  return `resource "terraform_data" "later" { input = "later" }
    resource "shelf_hard" "a" {\n${body}\n}`
}

describe('terraform with everything that is hard', () => {
  const workspaceOf = attached()
  const workspace = (text: string, { sentences = 1 } = {}) => {
    const made = workspaceOf(text)
    writeFileSync(made.path('long'), 'A long text, with an \u00e9. '.repeat(sentences))
    return made
  }

  it('plans no more once it is made', async () => {
    const made = workspace(configuration({}), { sentences: 300_000 })
    await made.applied()
    const state = made.state('shelf_hard')
    expect(String(state?.['long']).length).toBeGreaterThan(6 << 20)
    expect(state).toMatchObject({
      given: 'later',
      words: ['a', null, '', 'later', '\u{1f4da}'],
      single: { b: 'b', inner: { d: 0.1 }, pass_wo: null },
      outer: { count: 1, inner: { tags: JSON.parse('{ "__proto__": "later" }') as object } },
    })
    expect(made.read('terraform.tfstate')).toMatch(/"huge": 1(e\+?400|0{400})/)
  })

  it.each([...names, 'outer' as const])(
    'plans no more once %s is changed, unset and set again',
    async (name) => {
      const made = workspace(configuration({}))
      await made.applied()
      const first = made.state('shelf_hard')
      for (const other of [{ [name]: 1 }, { [name]: null }, {}]) {
        made.configure(configuration(other))
        const { output } = await made.applied()
        // A value that the provider kept is the one it gives.
        const changes = name === 'given' && other[name] === null ? 0 : 1
        expect(output).toContain(`0 added, ${changes} changed, 0 destroyed`)
      }
      expect(made.state('shelf_hard')).toMatchObject({ id: first?.['id'] })
    },
  )

  it('keeps what survives an update, and renews what does not', async () => {
    const made = workspace(configuration({}))
    await made.applied()
    const before = made.state('shelf_hard')
    made.configure(configuration({ words: 1 }))
    await made.applied()
    const after = made.state('shelf_hard')
    expect(after?.['by_name']).toEqual(before?.['by_name'])
    expect(after?.['echo']).not.toBe(before?.['echo'])
  })
})
