import { readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { category } from '../../contract/schemas/secrets.ts'
import { CliError, type ExitCode } from '../cli-error.ts'
import { connect, findScope, type Connection } from '../connection.ts'
import type { CommandContext, GlobalOptions } from '../command-context.ts'
import type { Shell } from '../shell.ts'
import { checkRows } from './check-rows.ts'
import { FernetError, looksLikeFernet, parseFernetKeys, type FernetKey } from './fernet.ts'
import { formatOf, formats, readRows, type Format } from './read-rows.ts'
import type { Rows } from './rows.ts'
import { sayWritten, sendRows, type Outcome, type Place } from './send-rows.ts'
import { showOutcomes } from './show-outcomes.ts'

interface Options extends GlobalOptions {
  readonly format?: Format
  readonly scope?: string
  readonly category?: string
  readonly storage?: 'local'
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
    .addOption(
      new Option(
        '--storage <storage>',
        'keeps them here although new values go to a store; migrate them afterwards',
      ).choices(['local']),
    )
    .option('--fernet', 'every value is a Fernet token, opened with FERNET_SECRET_KEY')
    .option('--dry-run', 'say what would happen, and change nothing')
    .addHelpText('after', help)
    .action(async (file: string, _, command: Command) => {
      exitWith(await importFile(shell, file, command.optsWithGlobals<Options>()))
    })
}

async function importFile(shell: Shell, file: string, options: Options): Promise<ExitCode> {
  const { json, category, storage } = options
  const format = options.format ?? formatOf(file)
  const fernetKeys = options.fernet ? readFernetKeys(shell) : undefined
  const rows = readRows(await readFile(file, shell), format)
  const { checked, refused } = checkRows(rows, { category, fernetKeys })
  if (!fernetKeys) warnOfFernet(shell, rows)

  const connection = await connect(shell, options)
  const found = await findPlace(connection, options.scope)
  const place = { ...found, ...(storage === undefined ? {} : { storage }) }
  const send = { client: connection.client, place, shell }
  const tried = inOrder([
    ...refused.map((refusal): Outcome => ({ ...refusal, outcome: 'refused' })),
    ...(await sendRows(checked, { ...send, dryRun: true })),
  ])
  if (options.dryRun || anyRefused(tried)) {
    showOutcomes(shell, tried, { applied: false, tried: true, json })
    return anyRefused(tried) ? 1 : 0
  }
  const done = await sendRows(checked, { ...send, dryRun: false })
  const applied = !anyRefused(done)
  const note = applied ? '' : `A secret has changed meanwhile. ${sayWritten(done, checked)}`
  showOutcomes(shell, done, { applied, tried: false, json, note })
  if (json && note !== '') shell.err(`${note}\n`)
  return applied ? 0 : 1
}

async function findPlace(connection: Connection, scope: string | undefined): Promise<Place> {
  if (scope === undefined) return connection.owner
  const { id, organizationId } = await findScope(connection, scope)
  return { scopeId: id, organizationId }
}

/** What is about no single row comes last. */
const inOrder = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.toSorted((a, b) => placeIn(a) - placeIn(b) || (a.item ?? 0) - (b.item ?? 0))

const placeIn = ({ line = Number.MAX_SAFE_INTEGER }: Outcome): number => line

/** Whoever forgot `--fernet` would keep secrets that nobody can use. */
function warnOfFernet(shell: Shell, { rows }: Rows): void {
  const { length } = rows.filter(({ fields }) => looksLikeFernet(fields['value'] ?? ''))
  if (length === 0) return
  const values = length === 1 ? 'value looks like a Fernet token' : 'values look like Fernet tokens'
  shell.err(
    `warning: ${length} ${values}, still encrypted, and taken as it stands. To import what is inside, give --fernet.\n`,
  )
}

const anyRefused = (outcomes: readonly Outcome[]) =>
  outcomes.some(({ outcome }) => outcome === 'refused')

const help = `
A file is NAME=value lines (.env); or a map from names to values, or a list of
{ name, value, encoding?, category?, description? } (JSON, YAML).
.env: a bare value with a space at an end, or with " #" in it, is refused: put it in quotes.
'…' is taken byte for byte; in "…" \\n \\r \\t \\" \\\\ \\$ are escapes; nothing is put in place of $NAME.

Everything is tried first; when one row is refused, nothing is written. More than 500 rows go
in several requests: when it stops between them, it says how many were written and ends with 1
(130 after Ctrl-C); run it again to go on. What is the same by then stays as it is.`

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
