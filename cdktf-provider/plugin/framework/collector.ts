import { Diagnostic_Severity, type AttributePath, type Diagnostic } from '../gen/tfplugin6.ts'
import { log } from '../server/log.ts'
import type { Type } from '../values/type.ts'
import { ValueError } from '../values/value.ts'
import type { Attributes } from './attributes.ts'
import {
  TerraformError,
  isOutcomeUnknown,
  type Diagnostics,
  type Path,
  type Problem,
} from './diagnostics.ts'
import { objectType } from './schema.ts'

/** The diagnostics of one call, on their way to Terraform. */
export class Collector implements Diagnostics {
  readonly messages: Diagnostic[] = []
  readonly #attributes: Attributes

  constructor(attributes: Attributes) {
    this.#attributes = attributes
  }

  get failed(): boolean {
    return this.messages.some(({ severity }) => severity === Diagnostic_Severity.ERROR)
  }

  error(problem: Problem): void {
    this.#add(Diagnostic_Severity.ERROR, problem)
  }

  warn(problem: Problem): void {
    this.#add(Diagnostic_Severity.WARNING, problem)
  }

  /**
   * Runs `work` and collects what it throws, so that a failed call is an answer Terraform can show.
   * `doing` completes "failed while", such as "reading shelf_book".
   */
  async attempt<T>(doing: string, work: () => Promise<T> | T): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.caught(error, doing)
      return undefined
    }
  }

  /** Tells what was thrown. Only errors meant for the user are quoted: another's text may hold a value. */
  caught(error: unknown, doing: string): void {
    if (error instanceof TerraformError) {
      for (const problem of error.problems) this.error(problem)
      return
    }
    log('debug', 'a handler failed', { error })
    if (error instanceof ValueError) {
      return this.error({
        summary: 'A value does not fit its schema.',
        detail: `While ${doing}: ${error.message}. This is a mistake in the provider.`,
        path: error.path,
      })
    }
    if (isOutcomeUnknown(error)) {
      return this.error({
        summary: `The connection broke, or took too long, while ${doing}.`,
        detail: 'What was asked may have happened. The next plan looks; then apply again.',
      })
    }
    this.error({
      summary: `The provider failed while ${doing}.`,
      detail: 'It did not expect this error. TF_LOG=debug shows where it happened, without values.',
    })
  }

  #add(severity: Diagnostic_Severity, { summary, detail = '', path = [] }: Problem): void {
    const attribute = pathMessage(path, objectType(this.#attributes))
    this.messages.push({ severity, summary, detail, attribute })
  }
}

/**
 * The path as the wire wants it, which tells map keys from attribute names. It ends where it leaves the
 * schema, so that Terraform still shows the nearest line.
 */
export function pathMessage(path: Path, root: Type): AttributePath | undefined {
  const steps: AttributePath['steps'] = []
  let type: Type | undefined = root
  for (const step of path) {
    const text = String(step)
    if (type === undefined || typeof type === 'string' || type[0] === 'set') break
    if (type[0] === 'object') {
      if (!Object.hasOwn(type[1], text)) break
      steps.push({ selector: { $case: 'attributeName', value: text } })
      type = type[1][text]
    } else if (type[0] === 'map') {
      steps.push({ selector: { $case: 'elementKeyString', value: text } })
      type = type[1]
    } else {
      if (typeof step !== 'number') break
      steps.push({ selector: { $case: 'elementKeyInt', value: step } })
      type = type[0] === 'list' ? type[1] : type[1][step]
    }
  }
  return steps.length ? { steps } : undefined
}
