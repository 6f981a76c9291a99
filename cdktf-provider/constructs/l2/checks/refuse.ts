import { Token } from 'cdktn'
import type { IConstruct } from 'constructs'
import { nameComplaint } from '../../../../contract/names.ts'
import { StackChecks } from './stack-checks.ts'

/** Fails the synth with this sentence and the construct's path, beside everything else that is wrong. */
export function refuse(construct: IConstruct, sentence: string): void {
  StackChecks.of(construct).ask(construct, () => [sentence])
}

/** Refuses a name that the API would not take. A token is left to the plan. */
export function requireName(
  construct: IConstruct,
  name: string,
  { argument = 'name' }: { readonly argument?: string } = {},
): void {
  if (Token.isUnresolved(name)) return
  if (typeof name !== 'string') return refuse(construct, `\`${argument}\` is no text. Give a name.`)
  const complaint = nameComplaint(name)
  if (complaint !== undefined) refuse(construct, `\`${argument}\`: ${complaint}`)
}

/** Refuses arguments that are missing or empty, which TypeScript does not keep from JavaScript. */
export function requireTexts(
  construct: IConstruct,
  texts: Readonly<Record<string, unknown>>,
): void {
  for (const [argument, text] of Object.entries(texts)) {
    if (text === undefined || text === null || text === '') {
      refuse(construct, `\`${argument}\` is missing or empty. Give one.`)
    } else if (typeof text !== 'string' && !Token.isUnresolved(text)) {
      // `variable.value` is no text either: it is any type, and renders as what it is.
      refuse(construct, `\`${argument}\` is no text. Give one.`)
    }
  }
}

/** Refuses addresses that are none. */
export function requireUrls(construct: IConstruct, given: Readonly<Record<string, unknown>>): void {
  for (const argument of URLS) {
    const url = given[argument]
    if (typeof url !== 'string' || url === '' || Token.isUnresolved(url)) continue
    if (!/^https?:\/\/[^/]/.test(url)) {
      refuse(construct, `\`${argument}\` is no URL. Give one, such as https://vault.internal:8200.`)
    }
  }
}

const URLS = ['address', 'apiUrl', 'authorityHost', 'endpoint', 'stsEndpoint', 'vaultUrl'] as const

/** Refuses arguments that belong to another way of making the same thing. */
export function refuseArguments(
  construct: IConstruct,
  given: object,
  { names, instead }: { readonly names: readonly string[]; readonly instead: string },
): void {
  for (const name of names) {
    if ((given as Readonly<Record<string, unknown>>)[name] === undefined) continue
    refuse(construct, `\`${name}\` does not belong here. ${instead}`)
  }
}
