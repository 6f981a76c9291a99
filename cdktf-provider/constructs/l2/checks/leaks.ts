import { TerraformElement, Token, type TerraformStack } from 'cdktn'
import type { IConstruct } from 'constructs'
import { sensitiveArguments } from '../../gen/sensitive-arguments.ts'
import { clearTextIn, type ClearText, type References } from './clear-text.ts'
import { referencesIn } from './references.ts'
import { contentsOf, rendering, together, type Block } from './rendering.ts'

/** A secret that would be written into the output as text. */
export interface Leak {
  readonly at: IConstruct
  /** What is wrong and what to do, without the text. */
  readonly sentence: string
}

/**
 * Every sensitive argument of a stack into which text was written, as its output would have it: after
 * tokens, `Lazy` values, overrides and Terraform's own expressions, of the L1 as well.
 */
export function leaksOf(stack: TerraformStack): readonly Leak[] {
  const contents = contentsOf(stack)
  const references = referencesIn(contents)
  const own = contents.elements.flatMap((element) => {
    const types = secretTypesOf(element)
    return types.length > 0 ? secretBlocks(element, element.toTerraform(), types) : []
  })
  const laidOver = secretBlocks(stack, contents.overrides, secretTypes)
  return [
    ...own.flatMap((block) => leaksIn(block, laidOver.filter(isSameAs(block)), references)),
    ...laidOver.flatMap((block) => leaksIn(block, own.filter(isSameAs(block)), references)),
  ]
}

/** A block that can hold secrets. */
interface SecretBlock {
  readonly at: IConstruct
  /** Where it is in Terraform's JSON: `resource.agyn_secret.stripe`. */
  readonly address: string
  readonly body: Block
  readonly paths: readonly (readonly string[])[]
}

/** The blocks of these types in what a construct renders. */
const secretBlocks = (
  at: IConstruct,
  rendered: Block,
  types: readonly SecretType[],
): SecretBlock[] =>
  types.flatMap(({ kind, type, paths }) =>
    blocksIn(rendered[kind])
      .flatMap((ofKind) => blocksIn(ofKind[type]))
      .flatMap((ofType): [string, Block][] =>
        kind === 'provider' ? [[`${kind}.${type}`, ofType]] : namedIn(`${kind}.${type}`, ofType),
      )
      .map(([address, body]) => ({ at, address, body, paths })),
  )

/** A type of blocks, and which of its arguments are secret. */
interface SecretType extends Pick<SecretBlock, 'paths'> {
  readonly kind: string
  readonly type: string
}

const secretTypes: readonly SecretType[] = Object.entries(sensitiveArguments).flatMap(
  ([kind, types]) =>
    Object.entries(types).map(([type, names]) => ({
      ...{ kind, type },
      paths: names.map((name) => name.split('.')),
    })),
)

function secretTypesOf(element: TerraformElement): readonly SecretType[] {
  const { terraformResourceType } = element as { readonly terraformResourceType?: string }
  return secretTypes.filter(({ type }) => type === terraformResourceType)
}

const namedIn = (address: string, blocks: Block): [string, Block][] =>
  Object.entries(blocks).flatMap(([name, bodies]) =>
    blocksIn(bodies).map((body): [string, Block] => [`${address}.${name}`, body]),
  )

/** Terraform takes a list of blocks wherever it takes one; `addOverride` writes into one by its indexes. */
function blocksIn(value: unknown): Block[] {
  if (typeof value !== 'object' || value === null) return []
  const indexes = Object.keys(value)
  const isList = Array.isArray(value) || (indexes.length > 0 && indexes.every(isIndex))
  return isList ? Object.values(value).flatMap(blocksIn) : [value as Block]
}

const isIndex = (key: string): boolean => /^\d+$/.test(key)

/** Whether two are parts of one block. Configurations of a provider are not: they make up a list. */
const isSameAs =
  ({ address }: SecretBlock) =>
  (other: SecretBlock): boolean =>
    other.address === address && !address.startsWith('provider.')

/** What leaks in a block, parts of which others may write. */
function leaksIn(
  { at, address, body, paths }: SecretBlock,
  others: readonly SecretBlock[],
  references: References,
): Leak[] {
  const forEach = together(
    [body, ...others.map((other) => other.body)].map((each) => rendering(at, each['for_each'])),
  )
  // Of what a stack lays over a resource, the resource is told.
  const element = [at, ...others.map((other) => other.at)].find(TerraformElement.isTerraformElement)
  const known = forEach === undefined ? references : { ...references, forEach }
  return paths.flatMap((path) => {
    const [name = '', ...rest] = path
    const value = rendering(at, valueAt(at, body[name], rest))
    const found = value === undefined ? undefined : clearTextIn(value, known)
    if (found === undefined) return []
    const where = element ? '' : ` of ${address}`
    return [{ at: element ?? at, sentence: `\`${argumentOf(path)}\`${where} ${sentenceOn(found)}` }]
  })
}

/** What stands at a path, with the lists on the way taken as a whole. Only what is on the way is rendered. */
function valueAt(at: IConstruct, body: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path
  if (name === undefined || body === undefined || body === null) return body
  const shown = Token.isUnresolved(body) ? rendering(at, body) : body
  // An expression in the place of a block: what it comes to is Terraform's to know.
  if (typeof shown === 'string') return shown
  if (Array.isArray(shown)) return shown.map((each) => valueAt(at, each, path))
  return valueAt(at, (shown as Block)[name], rest)
}

function sentenceOn({ by }: ClearText): string {
  return `would be written in clear text${by}. Give a reference: a TerraformVariable without a default or an EphemeralVariable, which TF_VAR_… sets at apply; an ephemeral resource; or another resource's attribute.`
}

/** What a stack calls it: `vault.secret_id_wo` of Terraform is `secretId` there, `value_base64` is `value`. */
const argumentOf = (path: readonly string[]): string =>
  (path.at(-1) ?? '')
    .replace(/(_base64)?(_wo)?$/, '')
    .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
