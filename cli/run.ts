import { CommanderError } from 'commander'
import { ApiError, ApiUnreachable } from '../contract/client.ts'
import { CliError, type ExitCode } from './cli-error.ts'
import type { GlobalOptions } from './command-context.ts'
import { makeProgram } from './program.ts'
import type { Shell } from './shell.ts'

/** Runs one command line, says on stderr what went wrong, and answers the code to exit with. */
export async function run(given: readonly string[], shell: Shell): Promise<ExitCode> {
  // Without a command it has always been the API.
  const words = given.length === 0 ? ['serve'] : given
  let exitCode: ExitCode = 0
  const program = makeProgram(shell, (code) => (exitCode = code))
  try {
    await program.parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2 // it has said why
    shell.err(`${sentenceFor(error)}${hintAt(error, program.opts<GlobalOptions>(), shell)}\n`)
    return error instanceof CliError ? error.exitCode : 2
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof ApiError) return describeApiError(error)
  if (error instanceof CliError || error instanceof ApiUnreachable) return error.message
  // Its message may quote a value, so only its kind and place are told.
  const [, place = ''] = (error instanceof Error ? error.stack : undefined)?.split(/\n\s+at /) ?? []
  const kind = error instanceof Error ? error.name : typeof error
  return `agyn-secrets stops, through a fault of its own: ${kind} ${place}`
}

/** A gateway may have the API below such a path, so it is no more than a hint. */
function hintAt(error: unknown, { apiUrl }: GlobalOptions, { settings }: Shell): string {
  const isLost =
    error instanceof ApiUnreachable || (error instanceof ApiError && error.code === 'not_found')
  const url = apiUrl ?? settings.apiUrl ?? ''
  if (!isLost || !/\/api\/*$/.test(url)) return ''
  return '\nThe address ends with /api: leave that out, every request has it already.'
}

/** What the API said, and about which fields. */
function describeApiError({ operation, problem }: ApiError): string {
  const errors = (problem.errors ?? []).flatMap((error) =>
    isFieldError(error) ? [`\n  ${error.pointer}: ${error.detail}`] : [],
  )
  return `The API refused ${operation} (${problem.code}): ${problem.detail}${errors.join('')}`
}

const isFieldError = (error: unknown): error is { pointer: string; detail: string } =>
  typeof error === 'object' && error !== null && 'pointer' in error && 'detail' in error
