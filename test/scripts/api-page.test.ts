import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { apiPage } from '../../scripts/api-page/api-page.ts'
import { readApi } from '../../scripts/api-page/read-api.ts'

const constructs = join(import.meta.dirname, '../../cdktf-provider/constructs')

const apiOf = (entry: string, options: ts.CompilerOptions = {}) =>
  readApi(
    ts.createProgram([entry], {
      module: ts.ModuleKind.Node16,
      strict: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      ...options,
    }),
    entry,
  )

const api = apiOf(join(constructs, 'index.ts'))

describe('what the constructs export', () => {
  it('is described, every member of it, and what it is itself unless it is only given to something', () => {
    const members = api.types.flatMap(({ name, statics, methods, properties }) =>
      [...statics, ...methods, ...properties].map((each) => ({
        ...each,
        name: `${name}.${each.name}`,
      })),
    )
    const all = [...members, ...api.types.filter(({ kind }) => kind !== 'struct'), ...api.functions]
    expect(all.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([])
  })

  it('has an example of every prop that takes a text', () => {
    const props = api.types
      .filter(({ kind }) => kind === 'struct')
      .flatMap(({ name, properties }) => properties.map((each) => ({ ...each, of: name })))
    const without = props.filter(({ type, examples }) => type === 'string' && examples.length === 0)
    expect(without.map(({ of, name }) => `${of}.${name}`)).toEqual([])
    expect(props.length).toBeGreaterThan(50)
  })

  it('is told apart as jsii does', () => {
    const kinds = new Map(api.types.map(({ name, kind }) => [name, kind]))
    expect(kinds.get('Secret')).toBe('construct')
    expect(kinds.get('LocalSecretProps')).toBe('struct')
    expect(kinds.get('EnvProps')).toBe('struct')
    expect(kinds.get('VaultAuth')).toBe('class')
    expect(kinds.get('ISecret')).toBe('interface')
  })

  it('has nothing that a user may not touch', () => {
    const names = api.types.flatMap(({ methods, properties }) =>
      [...methods, ...properties].map(({ name }) => name),
    )
    expect(names.filter((name) => name.startsWith('#'))).toEqual([])
    expect(api.types.find(({ name }) => name === 'Secret')?.initializer).toBeUndefined()
    expect(api.types.find(({ name }) => name === 'VaultAuth')?.properties).toEqual([])
  })

  it('tells of every resource and data source of the provider', () => {
    const types = api.l1.map(({ name }) => name)
    expect(types).toEqual(
      expect.arrayContaining(['Secret', 'DataAgynPreflight', 'EphemeralAgynApiToken']),
    )
    expect(api.providerFunctions.map(({ name }) => name)).toContain('parseReference')
  })
})

describe('the page of an API', () => {
  const page = apiPage('@agyn/shelf-provider', api)

  it('links what takes a struct, and what the struct is made of', () => {
    expect(page).toContain(
      '#### `Secret.local(scope: Construct, id: string, props: LocalSecretProps): Secret`',
    )
    expect(page).toContain('See [LocalSecretProps](#localsecretprops).')
    expect(page).toMatch(/### LocalSecretProps\n\nGiven to `Secret\.local`\./)
    expect(page).toMatch(
      /Takes what \[SecretProps\]\(#secretprops\) takes: `terraformProvider`, `name`/,
    )
    expect(page).toContain(
      'One of [SecretEnvProps](#secretenvprops), [TemplateEnvProps](#templateenvprops)',
    )
  })

  it('has a heading for each of its links', () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text.toLowerCase())
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
    expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([])
    expect(links.length).toBeGreaterThan(100)
  })

  it('says the default of a prop, and shows an example', () => {
    expect(page).toMatch(
      /- \*\*`name\?`\*\* `string`: Name, unique in its scope\. {2}\n {2}_Default:_ the construct's id\. {2}\n {2}_Example:_ `'stripe-api-key'`/,
    )
  })

  it('links the L1 to the pages of the registry', () => {
    expect(page).toContain(
      '| `dataAgynSecret.DataAgynSecret` | `lib/data-agyn-secret` | [agyn_secret](https://registry.terraform.io/providers/agynio/agyn/latest/docs/data-sources/secret) |',
    )
    expect(page).toContain("import { secret } from '@agyn/shelf-provider'")
  })
})
