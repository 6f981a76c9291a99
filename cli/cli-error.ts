/** Ends the command with one clear sentence. Its message is shown, so it quotes no value. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode

  private constructor(message: string, exitCode: ExitCode) {
    super(message)
    this.exitCode = exitCode
  }

  /** The question was understood, and its answer is no. */
  static no(message: string): CliError {
    return new CliError(message, 1)
  }

  /** The command is used wrongly, or what it needs is not there. */
  static usage(message: string): CliError {
    return new CliError(message, 2)
  }

  /** Somebody asked to stop. */
  static interrupted(message: string): CliError {
    return new CliError(message, 130)
  }
}

/** 0: fine. 1: the answer is no. 2: wrong usage, or the API did not answer or refused. 130: stopped by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130
