import type { Call, Expression, Expressions, Loop, Reference } from './expression.ts'
import { readTemplate } from './read-template.ts'
import { keysOf, select, valuesOf } from './rendered.ts'
import { roleOf } from './terraform-functions.ts'

/**
 * How text that was written in a stack gets into the value of an argument; undefined when all of
 * the value comes from outside: a variable without a default, an attribute of a resource, a file.
 *
 * `rendered` is the value as Terraform's JSON has it; its references are followed to what the stack
 * says of them. Text is what has a letter or a digit: punctuation beside a reference, as in
 * `${var.user}:${var.password}`, is none. Where it cannot be told, it is clear text.
 */
export function clearTextIn(rendered: unknown, references: References): ClearText | undefined {
  const flow = new Search(references).value(rendered, 'values')
  return typeof flow === 'object' ? flow : undefined
}

/** How text gets into a value. The text itself is nowhere in it. */
export interface ClearText {
  readonly kind:
    | 'literal'
    | 'joined'
    | 'expression'
    | 'unreadable'
    | 'undeclared'
    | 'variable-default'
    | 'local'
    | 'for-each'
    | 'asset'
    | 'read-back'
    | 'handed-over'
    | 'variable-elsewhere'
  /**
   * The same in words after "in clear text", such as ", by the default of the variable `x`"; after
   * "of the variable" where it is one of another stack.
   */
  readonly by: string
}

/** What the names in an expression stand for, as Terraform's JSON has it. */
export interface References {
  /** Undefined when the variable has no default. */
  variableDefault(name: string): unknown
  local(name: string): unknown
  /** The `for_each` of the block that the argument is of. */
  readonly forEach?: unknown
  /**
   * Whether the stack has what is called so: `var.x`, `local.x`, `module.x`, `aws_instance.x`,
   * `data.aws_ami.x`, `ephemeral.random_password.x`. Without it, whatever is named is believed to
   * be there, also a name that a framework made of text by putting it before a reference.
   */
  declares?(address: string): boolean
  /**
   * What the stack writes into the argument whose value is read back at a path below an address;
   * undefined when it writes none, so that the value comes from outside.
   */
  written?(address: string, path: readonly string[]): unknown
  /**
   * How text gets into what another stack of the app hands over, by the name of its
   * `terraform_remote_state` and of the output there.
   */
  handedOver?(state: string, output: string): ClearText | undefined
}

/**
 * What an expression brings into a value: text of the stack; something from outside; what is
 * harmless beside that and a literal alone, as `true` is, or punctuation, or what the stack writes
 * into another block, such as the user's name beside a password; or nothing, as `null`.
 */
type Flow = ClearText | 'outside' | ReadBack | 'harmless' | 'nothing'

type ReadBack = ClearText & { readonly kind: 'read-back' }

/** Keys of a map are names and no part of a value, until something makes them one: `keys`, a loop. */
type Wanted = 'values' | 'keys and values'

/** Where an expression stands: what is wanted of it, and whose names it may use. */
interface Place {
  readonly wanted: Wanted
  readonly within?: Enclosing | undefined
}

interface Enclosing {
  readonly loop: Loop
  readonly within: Enclosing | undefined
}

/** Deeper than any stack is written, and far from the end of the call stack. */
const MAX_DEPTH = 300

const LITERAL: ClearText = { kind: 'literal', by: '' }
const JOINED: ClearText = { kind: 'joined', by: ', as text beside a reference' }
const EXPRESSION: ClearText = { kind: 'expression', by: ', as text inside an expression' }
const UNREADABLE: ClearText = { kind: 'unreadable', by: ', in an expression that cannot be read' }
const ASSET: ClearText = { kind: 'asset', by: ', in a file that the stack takes along' }
const UNDECLARED: ClearText = { kind: 'undeclared', by: ', as a name that the stack does not have' }

class Search {
  readonly #references: References
  /** What each name came to, so that none is followed twice, or in a circle. */
  readonly #followed = {
    values: new Map<unknown, Flow>(),
    'keys and values': new Map<unknown, Flow>(),
  }
  #depth = 0

  constructor(references: References) {
    this.#references = references
  }

  /** Of a list or a map each element is a value of its own: a number in it is a literal. */
  value(rendered: unknown, wanted: Wanted): Flow {
    return this.#deeper(() => {
      if (rendered === undefined || rendered === null) return 'nothing'
      if (typeof rendered === 'string') return this.#template(rendered, wanted)
      if (typeof rendered !== 'object') return LITERAL
      const keys = wanted === 'values' || Array.isArray(rendered) ? [] : Object.keys(rendered)
      return stronger(
        strongest(keys, (key) => this.value(key, 'values')),
        strongest(Object.values(rendered), (each) => this.value(each, wanted)),
      )
    })
  }

  #template(template: string, wanted: Wanted): Flow {
    const parts = readTemplate(template)
    if (parts === undefined) return UNREADABLE
    const alone = parts.every((part) => part.is === 'text') ? LITERAL : undefined
    const flow = strongest(parts, (part) => {
      if (part.is === 'text' && hasText(part.text)) return alone ?? JOINED
      return this.#expression(part, { wanted })
    })
    return flow === 'harmless' ? (alone ?? EXPRESSION) : flow
  }

  #expression(expression: Expression, place: Place): Flow {
    return this.#deeper(() => {
      switch (expression.is) {
        case 'text':
          if (hasText(expression.text)) return EXPRESSION
          return expression.text === '' ? 'nothing' : 'harmless'
        case 'number':
          return EXPRESSION
        case 'boolean':
          return 'harmless'
        case 'null':
          return 'nothing'
        case 'parts':
          return this.#every(expression.parts, place)
        case 'object':
          return this.#entries(expression.keys, expression.values, place)
        case 'loop': {
          const within = { loop: expression, within: place.within }
          return this.#entries(expression.keys, [expression.value], { ...place, within })
        }
        case 'call':
          return this.#call(expression, place)
        case 'reference':
          return this.#reference(expression, place)
      }
    })
  }

  #entries(keys: Expressions, values: Expressions, place: Place): Flow {
    const flow = this.#every(values, place)
    if (place.wanted === 'values' || isClearText(flow)) return flow
    return stronger(flow, this.#every(keys, { ...place, wanted: 'values' }))
  }

  #every(expressions: Expressions, place: Place): Flow {
    return strongest(expressions, (each) => this.#expression(each, place))
  }

  #call({ name, args, spread }: Call, place: Place): Flow {
    const role = roleOf(name)
    if (role.onlyAsks) return 'harmless'
    const contributing = args.filter((_, at) => {
      const anyNumber = spread && at === args.length - 1
      return anyNumber || !role.choosing?.includes(at)
    })
    if (role.readsOutside && args.some(isAsset)) return ASSET
    const [first, ...others] = contributing
    const flow = this.#every(
      role.formats && first?.is === 'text'
        ? [{ ...first, text: withoutVerbs(first.text) }, ...others]
        : contributing,
      role.answersKeys ? { ...place, wanted: 'keys and values' } : place,
    )
    if (role.readsOutside && !isClearText(flow)) return 'outside'
    return flow === 'nothing' ? 'harmless' : flow
  }

  #reference({ root, path }: Reference, { wanted, within }: Place): Flow {
    const around = enclosing(root, within)
    if (around) return this.#loopName(root, around, wanted)
    const [name, ...rest] = path
    if (name === undefined) return UNDECLARED
    if (root === 'each') return this.#each(name, rest, wanted)
    const given = GIVEN_BY_TERRAFORM.get(root)
    if (given) return given.includes(name) ? 'outside' : UNDECLARED
    const length = root === 'data' || root === 'ephemeral' ? 2 : 1
    const address = [root, ...path.slice(0, length)].join('.')
    if (this.#references.declares?.(address) === false) return UNDECLARED
    if (root === 'var') return this.#variable(name, rest, wanted)
    if (root === 'local') return this.#local(name, rest, wanted)
    if (root === 'data' && name === 'terraform_remote_state') return this.#handedOver(rest)
    return this.#readBack(address, path.slice(length), wanted)
  }

  #variable(name: string, path: readonly string[], wanted: Wanted): Flow {
    const value = select(this.#references.variableDefault(name), path)
    if (!isWritten(value, wanted)) return 'outside'
    return { kind: 'variable-default', by: `, by the default of the variable \`${name}\`` }
  }

  #local(name: string, path: readonly string[], wanted: Wanted): Flow {
    return this.#follow(JSON.stringify(['local', name, ...path]), wanted, () => {
      const flow = this.value(select(this.#references.local(name), path), wanted)
      if (!isClearText(flow)) return flow
      return { kind: 'local', by: `, by the local \`${name}\`${flow.by}` }
    })
  }

  #handedOver([state = '', , output = '']: readonly string[]): Flow {
    const found = this.#references.handedOver?.(state, output)
    if (found?.kind === 'variable-elsewhere') return found
    return found ? { kind: 'handed-over', by: `, by another stack${found.by}` } : 'outside'
  }

  #readBack(address: string, path: readonly string[], wanted: Wanted): Flow {
    // What a module hands out is none of its arguments, whatever its name.
    if (path.length === 0 || address.startsWith('module.')) return 'outside'
    return this.#follow(JSON.stringify([address, ...path]), wanted, () => {
      const written = this.#references.written?.(address, path)
      const flow = this.value(written, wanted)
      if (typeof flow !== 'object') return 'outside'
      return { kind: 'read-back', by: `, by an argument of ${address}${flow.by}` }
    })
  }

  #each(part: string, path: readonly string[], wanted: Wanted): Flow {
    const { forEach } = this.#references
    if (part !== 'key' && part !== 'value') return UNDECLARED
    if (forEach === undefined || forEach === null) return UNDECLARED
    return this.#follow(JSON.stringify(['each', part, ...path]), wanted, () => {
      const flow =
        part === 'key'
          ? this.value(keysOf(forEach), 'keys and values')
          : this.value(valuesOf(forEach, path), wanted)
      return isClearText(flow) ? { kind: 'for-each', by: `, by its \`for_each\`${flow.by}` } : flow
    })
  }

  /** A name of a loop stands for what the loop goes over; the first of two for its keys. */
  #loopName(root: string, { loop, within }: Enclosing, wanted: Wanted): Flow {
    const ofKey = loop.names.length > 1 && loop.names[0] === root
    const place = { wanted: ofKey ? ('keys and values' as const) : wanted, within }
    return this.#follow(loop, place.wanted, () => this.#expression(loop.over, place))
  }

  #follow(name: unknown, wanted: Wanted, find: () => Flow): Flow {
    const followed = this.#followed[wanted]
    const known = followed.get(name)
    if (known !== undefined) return known
    followed.set(name, 'nothing')
    const flow = find()
    followed.set(name, flow)
    return flow
  }

  #deeper(find: () => Flow): Flow {
    if (this.#depth >= MAX_DEPTH) return UNREADABLE
    this.#depth += 1
    const flow = find()
    this.#depth -= 1
    return flow
  }
}

/** Names that no element of a stack has to declare. */
const GIVEN_BY_TERRAFORM: ReadonlyMap<string, readonly string[]> = new Map([
  ['count', ['index']],
  ['path', ['cwd', 'module', 'root']],
  ['terraform', ['applying', 'workspace']],
])

const isClearText = (flow: Flow): flow is ClearText =>
  typeof flow === 'object' && flow.kind !== 'read-back'

/** Where the frameworks lay the files that a stack takes along, beside its output. */
const isAsset = (path: Expression): boolean => {
  const first = path.is === 'parts' ? path.parts.find(({ is }) => is === 'text') : path
  return first?.is === 'text' && /^(\.?\/)?assets\//.test(first.text)
}

const hasText = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)

/** `%s` and its like write what they are given; `%%` writes a percent sign. */
const withoutVerbs = (format: string): string => format.replace(/%[%sqvdt]/g, '')

/** Text before all else, then what comes from outside. */
function strongest<Item>(items: readonly Item[], flowOf: (item: Item) => Flow): Flow {
  let found: Flow = 'nothing'
  for (const item of items) {
    found = stronger(found, flowOf(item))
    if (isClearText(found)) break
  }
  return found
}

function stronger(one: Flow, other: Flow): Flow {
  return strength(other) > strength(one) ? other : one
}

const strength = (flow: Flow): number =>
  isClearText(flow) ? 4 : typeof flow === 'object' ? 2 : STRENGTHS[flow]

const STRENGTHS = { nothing: 0, harmless: 1, outside: 3 } as const

/** The innermost loop that has the name. */
function enclosing(name: string, within: Enclosing | undefined): Enclosing | undefined {
  let around = within
  while (around !== undefined && !around.loop.names.includes(name)) around = around.within
  return around
}

/** Whether anything is written there. A default is no template: its `${` is text. */
function isWritten(value: unknown, wanted: Wanted): boolean {
  const left = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (next === undefined || next === null || next === '') continue
    if (typeof next !== 'object') return true
    const named = wanted === 'keys and values' && !Array.isArray(next)
    for (const [key, element] of Object.entries(next)) left.push(element, named ? key : undefined)
  }
  return false
}
