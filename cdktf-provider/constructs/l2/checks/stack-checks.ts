import { Annotations, TerraformElement, TerraformStack } from 'cdktn'
import type { IConstruct } from 'constructs'
import { leaksOf, type Leak } from './leaks.ts'

/** Something that can be there once only: a name in its place. */
export interface Claim {
  /** What it is, such as `secret`. */
  readonly noun: string
  /** Where the name has to be unique: two equal texts are one place. */
  readonly place: string
  readonly name: string
  /** What to do about a second one. */
  readonly advice: string
}

/**
 * What is checked of a stack as a whole, when it is synthesized. One element a stack, which renders
 * nothing: it is asked on every way that leads to an output, with validations or without.
 */
export class StackChecks extends TerraformElement {
  readonly #claims: { readonly construct: IConstruct; readonly claim: Claim }[] = []
  readonly #owners = new Map<TerraformElement, IConstruct>()
  readonly #warnings: { readonly construct: IConstruct; readonly ask: () => string | undefined }[] =
    []
  /** Whether something here is given to write-only arguments. */
  usesWriteOnly = false
  #found: ReadonlyMap<IConstruct, readonly string[]> | undefined
  readonly #asked = new Set<TerraformElement>()

  static of(construct: IConstruct): StackChecks {
    const stack = TerraformStack.of(construct)
    const there = stack.node.tryFindChild(ID) as StackChecks | undefined
    return there ?? new StackChecks(stack, ID)
  }

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id)
    this.node.addValidation({ validate: () => [...this.#problemsOf(this, this)] })
  }

  /** Reports what is wrong with the resource as a fault of the construct that made it. */
  watch(construct: IConstruct, resource: TerraformElement): void {
    this.#owners.set(resource, construct)
    construct.node.addValidation({
      validate: () => [...this.#problemsOf(construct, resource)],
    })
  }

  /** Refuses a second claim of the same name in the same place. */
  claim(construct: IConstruct, claim: Claim): void {
    this.#claims.push({ construct, claim })
  }

  /** Warns when the stack is synthesized, if there is something to warn of by then. */
  warn(construct: IConstruct, ask: () => string | undefined): void {
    this.#warnings.push({ construct, ask })
  }

  /** Renders nothing, and throws where a secret would be written in clear text. */
  override toTerraform(): unknown {
    // What was found is of this pass alone: the tree may change before the next one.
    this.#found = undefined
    return { '//': { resolve: (context: Context) => this.#beforeOutput(context) } }
  }

  override toHclTerraform(): unknown {
    this.#beforeOutput({ preparing: false })
    return {}
  }

  /** Looks again at what is written, whatever the validations found: the tree may have changed since. */
  #beforeOutput({ preparing }: Context): undefined {
    // Stacks are written one after the other, and what one leaks may stand in another: so all of them
    // are asked before, when they are prepared.
    if (preparing && !this.#hasOthersBeside()) return
    const leaks = leaksOf(this.cdktfStack)
    if (leaks.length === 0) return
    if (preparing) this.cdktfStack.runAllValidations()
    const lines = leaks.map((leak) => {
      const [{ node }, sentence] = this.#blame(leak)
      return `[${node.path}] ${sentence}`
    })
    throw new Error(lines.join('\n'))
  }

  #hasOthersBeside(): boolean {
    return this.node.root.node.findAll().filter(TerraformStack.isStack).length > 1
  }

  #problemsOf(construct: IConstruct, element: TerraformElement): readonly string[] {
    // Each element is asked of once a pass: the second time begins another, for which the tree may have changed.
    if (this.#found === undefined || this.#asked.has(element)) {
      this.#asked.clear()
      this.#found = this.#find()
      this.#writeWarnings()
    }
    this.#asked.add(element)
    return this.#found.get(construct) ?? []
  }

  #find(): ReadonlyMap<IConstruct, readonly string[]> {
    const found = new Map<IConstruct, string[]>()
    const add = (construct: IConstruct, sentence: string) =>
      found.set(construct, [...(found.get(construct) ?? []), sentence])
    for (const [construct, sentence] of this.#addressProblems()) add(construct, sentence)
    for (const leak of leaksOf(this.cdktfStack)) add(...this.#blame(leak))
    const taken = new Map<string, IConstruct>()
    for (const { construct, claim } of this.#claims) {
      const first = firstOf(taken, JSON.stringify([claim.noun, claim.place, claim.name]), construct)
      if (first === construct) continue
      add(
        construct,
        `Another ${claim.noun} has this name already: ${first.node.path}. ${claim.advice}`,
      )
    }
    return found
  }

  *#addressProblems(): Iterable<[IConstruct, string]> {
    const taken = new Map<string, IConstruct>()
    for (const [element, construct] of this.#owners) {
      const { friendlyUniqueId } = element
      const complaint = addressComplaint(construct.node.id, friendlyUniqueId)
      if (complaint !== undefined) yield [construct, complaint]
      const first = firstOf(taken, `${element.constructor.name}.${friendlyUniqueId}`, construct)
      // The frameworks would lay one over the other, and Terraform would know of one.
      if (first !== construct) {
        yield [
          construct,
          `It has the Terraform address of ${first.node.path}, \`${friendlyUniqueId}\`. Give overrideLogicalId another one.`,
        ]
      }
    }
  }

  /** Who is told of a leak: the construct that made the resource, or this, which then says where it is. */
  #blame({ at, sentence }: Leak): [IConstruct, string] {
    const owner = this.#owners.get(at as TerraformElement)
    return owner ? [owner, sentence] : [this, `${at.node.path}: ${sentence}`]
  }

  #writeWarnings(): void {
    for (const { construct, ask } of this.#warnings.splice(0)) {
      const warning = ask()
      if (warning !== undefined) Annotations.of(construct).addWarning(warning)
    }
  }
}

/** What a token is told when it is resolved, as far as it is read here. */
interface Context {
  readonly preparing: boolean
}

const ID = 'agyn-checks'

/** Who came first to a key: the construct itself, when nobody did. */
function firstOf(taken: Map<string, IConstruct>, key: string, construct: IConstruct): IConstruct {
  const first = taken.get(key) ?? construct
  taken.set(key, first)
  return first
}

/** Of a construct id comes a Terraform address, from which the frameworks drop what Terraform refuses. */
function addressComplaint(constructId: string, address: string): string | undefined {
  if (!/^[\w-]*$/.test(constructId)) {
    return 'Terraform takes letters, digits, `_` and `-` in an address. Give another construct id.'
  }
  if (/^[A-Za-z_][\w-]*$/.test(address)) return undefined
  return `Its Terraform address would be \`${address}\`, and has to begin with a letter and to go on with letters, digits, \`_\` and \`-\`. Give another construct id, or another one to overrideLogicalId.`
}
