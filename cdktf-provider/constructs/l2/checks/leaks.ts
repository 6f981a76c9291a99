import { sensitiveArguments } from '../../gen/sensitive-arguments.ts'
import { clearTextIn, type ClearText, type References } from './clear-text.ts'
import { blocksIn, everyAt, type Block } from './rendered.ts'

/** A secret that would be written into the output as text. */
export interface Leak {
  readonly block: WrittenBlock
  /** The argument and what is wrong with it, without the text. */
  readonly argument: string
  readonly complaint: string
}

/** A block of the output. */
export interface WrittenBlock {
  /** `resource`, `provider`, … */
  readonly kind: string
  readonly type: string
  /** What it is called beside others of its type: its name, or the alias of a provider. */
  readonly name: string | undefined
}

/**
 * Every secret argument of an output into which text was written, whoever wrote it, and every address
 * with a password in it.
 */
export function leaksIn(output: Block, references: References): readonly Leak[] {
  return Object.entries(sensitiveArguments).flatMap(([kind, types]) =>
    Object.entries(types).flatMap(([type, names]) => {
      const paths = names.map((name) => name.split('.'))
      return blocksOf(output, { kind, type }).flatMap(([name, body]) => {
        const block = { kind, type, name }
        return [...clearTexts(body, paths, references), ...passwords(body)].map((found) => ({
          ...{ block, ...found },
        }))
      })
    }),
  )
}

type Found = Omit<Leak, 'block'>

/** The blocks of a type with their names. */
function blocksOf(
  output: Block,
  { kind, type }: { readonly kind: string; readonly type: string },
): (readonly [string | undefined, Block])[] {
  const ofType = everyAt(output, [kind, type]).flatMap(blocksIn)
  if (kind === 'provider') return ofType.map((body) => [aliasOf(body), body])
  return ofType.flatMap((named) =>
    Object.entries(named).flatMap(([name, bodies]) =>
      blocksIn(bodies).map((body) => [name, body] as const),
    ),
  )
}

const aliasOf = ({ alias }: Block) => (typeof alias === 'string' ? alias : undefined)

function clearTexts(
  body: Block,
  paths: readonly (readonly string[])[],
  references: References,
): Found[] {
  const known = 'for_each' in body ? { ...references, forEach: body['for_each'] } : references
  return paths.flatMap((path) => {
    const values = valuesAt(body, path)
    const found = values.length === 0 ? undefined : clearTextIn(values, known)
    if (found === undefined) return []
    return { argument: argumentOf(path.at(-1) ?? ''), complaint: complaintOn(found) }
  })
}

/** All that is given at a path, in what `dynamic` makes blocks of too. */
function valuesAt(rendered: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path
  // An expression in the place of a block: what it comes to is Terraform's to know.
  if (name === undefined || typeof rendered === 'string') return [rendered]
  const given = everyAt(rendered, [name])
  const made = rest.length > 0 ? everyAt(rendered, ['dynamic', name, 'content']) : []
  return [...given, ...made].flatMap((value) => valuesAt(value, rest))
}

function passwords(body: Block): Found[] {
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null) return blocksIn(value).flatMap(passwords)
    if (typeof value !== 'string' || !HAS_PASSWORD.test(value)) return []
    const complaint =
      'holds a user or a password, which would be written in clear text. Give the address alone.'
    return { argument: argumentOf(name), complaint }
  })
}

/** `https://user:password@host`. What is interpolated may hold any sign. */
const HAS_PASSWORD = /^https?:\/\/(?:\$\{[^}]*\}|[^/?#$]|\$(?!\{))*@/

function complaintOn({ kind, by }: ClearText): string {
  if (kind === 'variable-elsewhere') {
    return `would lie in the state of two stacks: it is the variable${by}. Declare a variable for it in this stack too.`
  }
  return `would be written in clear text${by}. Give a reference: a TerraformVariable without a default or an EphemeralVariable, which TF_VAR_… sets at apply; an ephemeral resource; or another resource's attribute.`
}

/** What a stack calls it: `secret_id_wo` of Terraform is `secretId` there, `value_base64` is `value`. */
const argumentOf = (name: string): string =>
  name
    .replace(/(_base64)?(_wo)?$/, '')
    .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
