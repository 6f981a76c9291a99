import { readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { category } from '../../contract/schemas/secrets.ts'
import { CliError } from '../cli-error.ts'
import { connect, findScope } from '../connection.ts'
import type { CommandContext, GlobalOptions } from '../program.ts'
import type { Shell } from '../shell.ts'
import { checkRows } from './check-rows.ts'
import { FernetError, parseFernetKeys, type FernetKey } from './fernet.ts'
import { formatOf, formats, readRows, type Format } from './read-rows.ts'
import { sendRows, type Outcome } from './send-rows.ts'
import { showOutcomes } from './show-outcomes.ts'

interface Options extends GlobalOptions {
  readonly format?: Format
  readonly scope?: string
  readonly category?: string
  readonly fernet?: true
  readonly dryRun?: true
}

/** `agyn-secrets import`: takes over the values of a file, all of them or none. */
export function addImport(program: Command, { shell, exitWith }: CommandContext): void {
  program
    .command('import')
    .description(
      'Create or change local secrets from a .env, JSON or YAML file, if none is refused.',
    )
    .argument('<file>', 'the file, or - for stdin')
    .addOption(
      new Option('--format <format>', 'when the name of the file does not tell').choices(formats),
    )
    .option(
      '--scope <path or id>',
      'scope they belong to, such as payments/eu; the root when left out',
    )
    .addOption(
      new Option('--category <category>', 'of secrets that name none').choices(category.options),
    )
    .option('--fernet', 'every value is a Fernet token, opened with FERNET_SECRET_KEY')
    .option('--dry-run', 'say what would happen, and change nothing')
    .addHelpText('after', help)
    .action(async (file: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      const format = options.format ?? formatOf(file)
      const fernetKeys = options.fernet ? readFernetKeys(shell) : undefined
      const rows = readRows(await readFile(file, shell), format)
      const { checked, refused } = checkRows(rows, { category: options.category, fernetKeys })
      const outcomes: Outcome[] = refused.map((refusal) => ({ ...refusal, outcome: 'refused' }))

      const connection = await connect(shell, options)
      const { scope } = options
      const place = {
        ...connection.owner,
        ...(scope === undefined ? {} : { scopeId: (await findScope(connection, scope)).id }),
      }
      const send = { client: connection.client, place, progress: shell.progress }
      outcomes.push(...(await sendRows(checked, { ...send, dryRun: true })))
      const { json } = options
      const isRefused = anyRefused(outcomes)
      if (options.dryRun || isRefused) {
        showOutcomes(shell, outcomes, { applied: false, json, note: 'Nothing was written.' })
        return exitWith(isRefused ? 1 : 0)
      }
      const done = await sendRows(checked, { ...send, dryRun: false })
      const isRefusedNow = anyRefused(done)
      showOutcomes(shell, done, {
        applied: !isRefusedNow,
        json,
        ...(isRefusedNow
          ? { note: 'A secret has changed meanwhile: the rest was not written.' }
          : {}),
      })
      exitWith(isRefusedNow ? 1 : 0)
    })
}

const anyRefused = (outcomes: readonly Outcome[]) =>
  outcomes.some(({ outcome }) => outcome === 'refused')

const help = `
A file is NAME=value lines (.env); or a map from names to values, or a list of
{ name, value, encoding?, category?, description? } (JSON, YAML). Values are taken byte for
byte. Everything is tried first; when one row is refused, all refusals are listed and
nothing is written. Running it again changes nothing that is the same.`

async function readFile(file: string, shell: Shell): Promise<Buffer> {
  if (file === '-') return await shell.readInput()
  try {
    return readFileSync(file)
  } catch (error) {
    throw CliError.usage(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function readFernetKeys({ settings: { fernetKeys } }: Shell): FernetKey[] {
  if (fernetKeys === undefined) {
    throw CliError.usage('Set FERNET_SECRET_KEY to the key that the values were encrypted with.')
  }
  try {
    return parseFernetKeys(fernetKeys)
  } catch (error) {
    throw error instanceof FernetError ? CliError.usage(error.message) : error
  }
}
