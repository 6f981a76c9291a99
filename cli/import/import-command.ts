import { readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { category } from '../../contract/schemas/secrets.ts'
import { CliError, type ExitCode } from '../cli-error.ts'
import { connect, findScope, type Connection } from '../connection.ts'
import type { CommandContext, GlobalOptions } from '../program.ts'
import type { Shell } from '../shell.ts'
import { checkRows } from './check-rows.ts'
import { FernetError, parseFernetKeys, type FernetKey } from './fernet.ts'
import { formatOf, formats, readRows, type Format } from './read-rows.ts'
import { sendRows, type Outcome, type Place } from './send-rows.ts'
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
      exitWith(await importFile(shell, file, command.optsWithGlobals<Options>()))
    })
}

async function importFile(shell: Shell, file: string, options: Options): Promise<ExitCode> {
  const { json, category } = options
  const format = options.format ?? formatOf(file)
  const fernetKeys = options.fernet ? readFernetKeys(shell) : undefined
  const rows = readRows(await readFile(file, shell), format)
  const { checked, refused } = checkRows(rows, { category, fernetKeys })

  const connection = await connect(shell, options)
  const place = await findPlace(connection, options.scope)
  const send = { client: connection.client, place, progress: shell.progress }
  const tried = [
    ...refused.map((refusal): Outcome => ({ ...refusal, outcome: 'refused' })),
    ...(await sendRows(checked, { ...send, dryRun: true })),
  ]
  if (options.dryRun || anyRefused(tried)) {
    showOutcomes(shell, tried, { applied: false, json, note: 'Nothing was written.' })
    return anyRefused(tried) ? 1 : 0
  }
  const done = await sendRows(checked, { ...send, dryRun: false })
  const applied = !anyRefused(done)
  const note = applied ? '' : 'A secret has changed meanwhile: the rest was not written.'
  showOutcomes(shell, done, { applied, json, note })
  return applied ? 0 : 1
}

async function findPlace(connection: Connection, scope: string | undefined): Promise<Place> {
  if (scope === undefined) return connection.owner
  const { id, organizationId } = await findScope(connection, scope)
  return { scopeId: id, organizationId }
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
