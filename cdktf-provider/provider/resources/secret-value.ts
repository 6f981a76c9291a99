import {
  isUnknown,
  type Config,
  type Diagnostics,
  type Path,
  type Planned,
  type Draft,
  type Proposed,
  type State,
} from '../../plugin/index.ts'
import type { SecretAttributes as A } from './secret-attributes.ts'

/** The arguments by which a secret is given a value. It takes one of them. */
const sources = ['value', 'value_base64', 'value_wo', 'value_base64_wo'] as const
export type Source = (typeof sources)[number]

type Given = Proposed<A> | Config<A>

export const isGiven = (value: unknown): boolean => value !== null && !isUnknown(value)

/** The argument that gives the value; undefined when none does. */
export const sourceIn = (config: Given): Source | undefined =>
  sources.find((name) => config[name] !== null)

/** Whether the configuration is about a value at all, though it may not say it this time. */
export const hasValue = (config: Given): boolean =>
  sourceIn(config) !== undefined || config.value_wo_version !== null

/** Whether another value is to be kept than the one that is. */
export const changesValue = (planned: Draft<A> | Planned<A>, prior: State<A>): boolean =>
  (['value', 'value_base64', 'value_wo_version'] as const).some(
    (name) => planned[name] !== prior[name],
  )

/** The API has one `value`; which argument it came from decides where a message stands. */
export const valuePath =
  (source: Source | undefined) =>
  (path: Path): Path =>
    source !== undefined && (path[0] === 'value' || path[0] === 'encoding') ? [source] : path

/** Refuses two values, and a write-only one that could never be sent again. */
export function checkValue(config: Proposed<A>, diagnostics: Diagnostics): void {
  const [first, ...others] = sources.filter((name) => config[name] !== null)
  for (const other of others) {
    const detail = `Give either \`${first}\` or \`${other}\`.`
    diagnostics.error({ summary: notValid, detail, path: [other] })
  }
  if (first === undefined || others.length > 0) return
  const isWriteOnly = first.endsWith('_wo')
  if (isWriteOnly && config.value_wo_version === null) {
    diagnostics.error({
      summary: notValid,
      detail: `\`${first}\` needs \`value_wo_version\` beside it, such as 1. Terraform cannot see when a write-only value changes: raise the version to send it again.`,
      path: [first],
    })
  }
  if (!isWriteOnly && config.value_wo_version !== null) {
    diagnostics.error({
      summary: notValid,
      detail: `\`value_wo_version\` goes with \`value_wo\`; \`${first}\` is sent whenever it changes.`,
      path: ['value_wo_version'],
    })
  }
  if (config[first] === '') {
    diagnostics.warn({
      summary: 'The value is empty.',
      detail: 'It is kept as it is. If a variable was not set, set it.',
      path: [first],
    })
  }
}

export const notValid = 'The secret is not valid.'
