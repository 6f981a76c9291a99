// Prevents the two frameworks' generators from meeting: each loads a WebAssembly runtime into the same
// global. `generate-constructs.ts` starts this once for each, with a schema and a directory to write to.
import { readFileSync } from 'node:fs'
import { VERSION } from '../cdktf-provider/provider/gen/version.ts'

const constraint = { name: 'agyn', source: 'agynio/agyn', version: `~> ${VERSION}` }

/** Each framework's own generator, which is what its `get` command runs. */
const generators = {
  async cdktf(schemas: never) {
    // Its main entry does not load: it needs a package that it does not name.
    const { TerraformProviderGenerator } =
      await import('@cdktf/provider-generator/lib/get/generator/provider-generator.js')
    const { ConstructsMakerProviderTarget, Language, TerraformProviderConstraint } =
      await import('@cdktf/commons')
    const { CodeMaker } = await import('codemaker')
    // Of another version than the one in its types, and the same as far as it is used.
    const generator = new TerraformProviderGenerator(new CodeMaker() as never, schemas)
    const target = new TerraformProviderConstraint(constraint)
    generator.generate(new ConstructsMakerProviderTarget(target, Language.TYPESCRIPT))
    return generator
  },
  async cdktn(schemas: never) {
    const { CodeMaker, TerraformProviderConstraint, TerraformProviderGenerator } =
      await import('@cdktn/provider-generator')
    const { ConstructsMakerProviderTarget, Language } = await import('@cdktn/commons')
    const generator = new TerraformProviderGenerator(new CodeMaker(), schemas)
    const target = new TerraformProviderConstraint(constraint)
    generator.generate(new ConstructsMakerProviderTarget(target, Language.TYPESCRIPT))
    return generator
  },
} as const

const [framework, schema = '', directory = ''] = process.argv.slice(2)
const generate = generators[framework as keyof typeof generators]
const generator = await generate(JSON.parse(readFileSync(schema, 'utf8')) as never)
await generator.save(directory)
