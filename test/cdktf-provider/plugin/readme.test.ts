import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProviderDefinition } from '../../../cdktf-provider/plugin/gen/tfplugin6.ts'
import { checkProvider, type Provider } from '../../../cdktf-provider/plugin/index.ts'
import { bundleProvider, writeToMirror } from '../../../scripts/bundle-provider.ts'
import { platform } from './support/mirror.ts'
import { Workspace, shelfAddress, shelfProvider } from './support/terraform.ts'

const root = join(import.meta.dirname, '../../..')
const plugin = join(root, 'cdktf-provider/plugin')
const readme = readFileSync(join(plugin, 'README.md'), 'utf8')

describe("the README's provider", () => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'readme-'))
    symlinkSync(plugin, join(directory, 'plugin'))
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
    writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
    copyFileSync(
      join(import.meta.dirname, 'support/readme/shelf-client.ts'),
      join(directory, 'shelf-client.ts'),
    )
    for (const [, code = ''] of readme.matchAll(/^```ts\n(.*?)^```$/gms)) {
      const [, name = ''] = /^\/\/ (\S+\.ts)/.exec(code) ?? []
      writeFileSync(join(directory, name), code)
    }
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('compiles as strictly as everything here', () => {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile)
    const { options } = ts.parseJsonConfigFileContent(
      { ...(config as object), files: [] },
      ts.sys,
      root,
    )
    const program = ts.createProgram([join(directory, 'main.ts')], {
      ...options,
      composite: false,
      noEmit: true,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: false,
      types: ['node'],
    })
    const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
      file: file?.fileName,
      problem: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }))
    expect(problems).toEqual([])
  })

  it('is sound', async () => {
    const { shelf } = (await import(join(directory, 'provider.ts'))) as { shelf: Provider }
    expect(checkProvider(shelf)).toEqual([])
  })

  it('runs with Terraform, all of it', async () => {
    const mirror = join(directory, 'mirror')
    const about = { address: shelfAddress, version: '1.0.0' }
    const files = await bundleProvider({ ...about, entry: join(directory, 'main.ts') })
    writeToMirror(files, { ...about, mirror, platforms: [platform()] })
    const workspace = new Workspace({ mirror })
    try {
      const book = (title: string) => `${shelfProvider}
        ephemeral "shelf_key" "a" {}
        resource "shelf_book" "a" {
          isbn = provider::shelf::isbn("978-0-13-468599-1")
          title = "${title}"
          note_wo = ephemeral.shelf_key.a.code
          timeouts { create = "1m" }
        }
        data "shelf_count" "all" { depends_on = [shelf_book.a] }
        output "books" { value = data.shelf_count.all.books }`
      workspace.write(book('A'))
      expect(await workspace.run('init')).toMatchObject({ code: 0 })
      await workspace.applied()
      expect(workspace.state('shelf_book')).toMatchObject({ isbn: '9780134685991', revision: 1 })
      expect(workspace.read('shelf.json.note')).toBe('open sesame')
      expect(workspace.read('shelf.json.locked')).toBe('open sesame')
      expect((await workspace.run('output', 'books')).output.trim()).toBe('1')
      workspace.write(book('B'))
      await workspace.applied()
      expect(workspace.state('shelf_book')).toMatchObject({ title: 'B', revision: 2 })
      workspace.write(book(''))
      expect((await workspace.plan()).output).toContain('A book has a title.')
      workspace.write(book('B'))
      expect(await workspace.run('destroy', '-auto-approve')).toMatchObject({ code: 0 })
      expect(workspace.read('shelf.json')).toBe('{}')
    } finally {
      workspace.remove()
    }
  })
})

describe("the README's tables", () => {
  it('name every call that is offered', () => {
    const text = readme
      .replace('Validate{,Data,Ephemeral}ResourceConfig', dataEphemeral)
      .replace('Renew…, Close…', 'RenewEphemeralResource, CloseEphemeralResource')
    const offered = Object.values(ProviderDefinition.methods).map(({ name }) => name)
    expect(offered.filter((name) => !text.includes(name))).toEqual([])
  })
})

const dataEphemeral =
  'ValidateResourceConfig, ValidateDataResourceConfig, ValidateEphemeralResourceConfig'
