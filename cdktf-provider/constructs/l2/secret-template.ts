import { Fn, Token } from 'cdktn'
import { Construct } from 'constructs'
import { formatTemplate } from '../../../contract/template.ts'
import { later } from './later.ts'
import type { ISecret } from './secret-props.ts'

/** A text made of secrets, for one env. Their values are put in when a workload starts. */
export class SecretTemplate {
  /** The secrets in it, in their order. */
  readonly secrets: readonly ISecret[]
  readonly #texts: readonly string[]

  /** @internal */
  constructor(texts: readonly string[], secrets: readonly ISecret[]) {
    this.#texts = texts
    this.secrets = secrets
  }

  /** The template as Terraform takes it. */
  toTerraform(): string {
    const rest = this.secrets.map(
      (secret, index) => placeOf(secret) + textOf(this.#texts[index + 1]),
    )
    return textOf(this.#texts[0]) + rest.join('')
  }
}

/**
 * Writes a text made of secrets.
 *
 * @example secretTemplate`postgres://app:${databasePassword}@db/app`
 */
export function secretTemplate(
  texts: TemplateStringsArray,
  ...secrets: readonly ISecret[]
): SecretTemplate {
  if (!secrets.every((secret) => Construct.isConstruct(secret))) {
    throw new Error(
      'secretTemplate takes secrets between its texts. Write plain text into the template itself.',
    )
  }
  return new SecretTemplate([...texts], secrets)
}

/** Text as it stands in a template, in which Terraform finds nothing to put in. */
function textOf(text = ''): string {
  return formatTemplate([text])
    .split(/(?=[$%]\{)/)
    .map((part) => (/^[$%]\{/.test(part) ? written(part[0] + part) : part))
    .join('')
}

/** `${secret:payments/db-password}`, with names that Terraform knows at apply. */
function placeOf({ scope, secretName }: ISecret): string {
  if (scope === undefined) return `${OPEN}${encoded(secretName)}}`
  // The root, whose path is empty, is a scope as well.
  const path = Fn.join('/', Fn.compact([scope.scopePath, secretName]))
  return `${OPEN}${encoded(path)}}`
}

const OPEN = written('$${secret:')

/** A name or a path as a template writes it: `%` and `}` begin and end something there. */
const encoded = (path: string): string =>
  Token.asString(Fn.replace(Fn.replace(path, '%', '%25'), '}', '%7D'))

/** A token, because a brace that opens in text makes the frameworks take what follows for an expression. */
function written(text: string): string {
  return later(() => text)
}
