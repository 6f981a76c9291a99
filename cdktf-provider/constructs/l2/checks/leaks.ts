import { TerraformElement, Token, type TerraformStack } from 'cdktn'
import type { IConstruct } from 'constructs'
import { sensitiveArguments } from '../../gen/sensitive-arguments.ts'
import { clearTextIn, type ClearText, type References } from './clear-text.ts'
import { referencesIn } from './references.ts'
import { rendering, type Block } from './rendering.ts'

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
  const elements = stack.node.findAll().filter(TerraformElement.isTerraformElement)
  const { rawOverrides } = stack as unknown as { readonly rawOverrides: Block }
  const references = referencesIn(stack, elements, rawOverrides)
  const leaks = elements
    .filter(hasSecrets)
    .flatMap((at) => leaksIn(at, at.toTerraform(), references))
  return [...leaks, ...leaksIn(stack, rawOverrides, references)]
}

/** Whether something of this type has arguments that are secret. */
function hasSecrets(element: TerraformElement): boolean {
  const { terraformResourceType } = element as { readonly terraformResourceType?: string }
  return typesWithSecrets.has(terraformResourceType ?? '')
}

const typesWithSecrets = new Set(Object.values(sensitiveArguments).flatMap(Object.keys))

function leaksIn(at: IConstruct, rendered: Block, references: References): Leak[] {
  return Object.entries(sensitiveArguments).flatMap(([kind, types]) => {
    const blocks = rendered[kind] as Block | undefined
    if (blocks === undefined) return []
    return Object.entries(types).flatMap(([type, paths]) =>
      bodiesOf(kind, blocks[type]).flatMap((body) => {
        const forEach = rendering(at, body['for_each'])
        return paths.flatMap((path) => {
          const value = rendering(at, valueAt(at, body, path.split('.')))
          const found = clearTextIn(value, { ...references, forEach })
          return found ? [{ at, sentence: sentenceOn(path, found) }] : []
        })
      }),
    )
  })
}

/** The bodies of all blocks of one type: by name, or of a provider in a list. */
function bodiesOf(kind: string, blocks: unknown): Block[] {
  if (typeof blocks !== 'object' || blocks === null) return []
  return (kind === 'provider' ? [blocks].flat() : Object.values(blocks)) as Block[]
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

function sentenceOn(path: string, { by }: ClearText): string {
  return `\`${argumentOf(path)}\` would be written in clear text${by}. Give a reference: a TerraformVariable without a default or an EphemeralVariable, which TF_VAR_… sets at apply; an ephemeral resource; or another resource's attribute.`
}

/** What a stack calls it: `vault.secret_id_wo` of Terraform is `secretId` there. */
const argumentOf = (path: string): string =>
  path.replace(/^.*\.|_wo$/g, '').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
