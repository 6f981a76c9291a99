import { ExactNumber, type ObjectValue } from '../values/value.ts'
import { exact, type Attributes } from './attributes.ts'
import type { Diagnostics } from './diagnostics.ts'
import { checkTimeouts } from './timeouts.ts'
import { walk } from './walk.ts'

/** Refuses in a configuration what handlers must not meet, before they see it. */
export function checkConfig(
  attributes: Attributes,
  config: ObjectValue,
  diagnostics: Diagnostics,
  { writeOnlyAllowed = true } = {},
): void {
  checkTimeouts(attributes, config, diagnostics)
  walk(attributes, config, (attribute, value, path) => {
    // Older versions do not know write-only arguments and would keep the value in state.
    if (attribute.writeOnly && value !== null && !writeOnlyAllowed) {
      diagnostics.error({
        summary: 'Write-only arguments need Terraform 1.11 or newer.',
        detail:
          'This Terraform would store the value in its state. Upgrade it, or leave the argument out.',
        path,
      })
    }
    if ('nesting' in attribute.shape || attribute.shape === exact) return
    const inexact =
      value instanceof ExactNumber ||
      (Array.isArray(value) && value.some((element) => element instanceof ExactNumber))
    if (inexact && attribute.shape.type !== 'dynamic') {
      diagnostics.error({
        summary: 'The number has more digits than this argument can hold.',
        detail: 'It takes about 15 significant digits.',
        path,
      })
    }
  })
}
