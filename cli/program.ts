import { Command } from 'commander'
import type { ExitCode } from './cli-error.ts'
import type { CommandContext } from './command-context.ts'
import { addExplain } from './explain.ts'
import { addImport } from './import/import-command.ts'
import { addPreflight } from './preflight.ts'
import type { ApiCommand, Shell } from './shell.ts'

/** The whole command line, as `--help` shows it. */
export function makeProgram(shell: Shell, exitWith: (code: ExitCode) => void): Command {
  const program = new Command('agyn-secrets')
    .description(
      `Without a command it starts the API, as serve does.
Its other commands ask the API that tells a platform that runs AI agents where its secrets are.`,
    )
    .version(shell.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'Print the help of a command.')
    .option('--api-url <url>', 'address of the API (default: AGYN_API_URL)')
    .option(
      '--token-file <file>',
      'file that holds the token (default: the token is AGYN_API_TOKEN)',
    )
    .option('--organization <id or name>', 'which one; may be left out where the token tells')
    .option('--json', 'answer in JSON, for programs')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: shell.out, writeErr: shell.err })
    .showHelpAfterError('(agyn-secrets --help says how it is used)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Exit codes: 0 fine; 1 the answer is no: something would not start, was refused, or was written
in part; 2 wrong usage, or the API did not answer or refused. No command ever prints a value.`,
    )
  const context: CommandContext = { shell, exitWith }
  addPreflight(program, context)
  addExplain(program, context)
  addImport(program, context)
  for (const [name, description] of apiCommands) {
    program
      .command(name)
      .description(description)
      .configureHelp({ showGlobalOptions: false })
      .addHelpText('after', '\nSettings come from the environment; README.md lists them.')
      .action(() => shell.runApi(name))
  }
  return program
}

const apiCommands: readonly (readonly [ApiCommand, string])[] = [
  ['serve', 'Start the API.'],
  ['migrate', 'Bring the database up to date, and exit.'],
  ['admin-token', 'Make a new admin token in place of those made here before, print it, and exit.'],
]
