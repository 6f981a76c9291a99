import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** A block of TypeScript on a page. */
export interface Block {
  readonly code: string
  /** What is shown below it, as what it is refused with: `…` stands for the rest of a sentence. */
  readonly refusal: readonly string[] | undefined
}

export const blocksOf = (page: string): Block[] =>
  [...page.matchAll(/```typescript\n([^]*?)```\n(?:\n```text\n([^]*?)```)?/g)].map(
    ([, code = '', refusal]) => ({ code, refusal: refusal?.trim().split('\n') }),
  )

/** Code with its imports at the top, and one of each name that it uses of those that are known. */
export function withImports(code: string, known: ReadonlyMap<string, string>): string {
  const imports = new Map<string, string>()
  const rest = code.replaceAll(
    /^import \{([^}]*)\} from '(.*)'.*\n/gm,
    (_, names: string, from: string) => {
      for (const name of names.split(/[\s,]+/).filter(Boolean)) imports.set(name, from)
      return ''
    },
  )
  for (const [name, from] of known) {
    if (!imports.has(name) && new RegExp(`\\b${name}\\b`).test(rest)) imports.set(name, from)
  }
  return [...imports].map(([name, from]) => `import { ${name} } from '${from}'\n`).join('') + rest
}

/** A folder in a user's project, whose TypeScript is compiled and run as a user's is. */
export class Snippets {
  readonly directory: string

  constructor(project: string) {
    this.directory = mkdtempSync(join(project, 'snippets-'))
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.directory, file)), { recursive: true })
    writeFileSync(join(this.directory, file), text)
  }

  /** Compiles these files, and answers what the compiler says of them. */
  compile(files: readonly string[]): string {
    const program = ts.createProgram(
      files.map((file) => join(this.directory, file)),
      {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.Node16,
        strict: true,
        skipLibCheck: true,
        resolveJsonModule: true,
        types: ['node'],
        typeRoots: [join(import.meta.dirname, '../../node_modules/@types')],
      },
    )
    const found = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics]
    return ts.formatDiagnostics(found, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => this.directory,
      getNewLine: () => '\n',
    })
  }

  /** Runs a file that is compiled. */
  run(file: string): void {
    createRequire(join(this.directory, 'snippets.js'))(`./${file.replace(/\.ts$/, '.js')}`)
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}
