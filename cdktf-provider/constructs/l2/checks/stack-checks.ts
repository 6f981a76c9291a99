import { Annotations, TerraformElement, TerraformStack } from 'cdktn'
import { Construct, type IConstruct } from 'constructs'
import { wrongAddresses } from './addresses.ts'
import { claimedTwice, type Claim } from './claims.ts'
import { leaksIn, type WrittenBlock } from './leaks.ts'
import { guard, Outputs } from './output.ts'
import { referencesIn } from './references.ts'

/** What is wrong, with the construct that is told of it. */
export type Complaint = readonly [IConstruct, string]

/**
 * What is checked of a stack as a whole, one of it in each stack. Its constructs are asked when the
 * stack is validated; its output is read for secrets before anybody gets it.
 */
export class StackChecks extends Construct {
  readonly #stack: TerraformStack
  readonly #owners = new Map<TerraformElement, IConstruct>()
  readonly #questions: (readonly [IConstruct, () => readonly string[]])[] = []
  readonly #claims: (readonly [IConstruct, Claim])[] = []
  readonly #warnings: (readonly [IConstruct, () => string | undefined])[] = []
  readonly #preparations: (() => void)[] = []
  /** What the validation that goes on tells each construct. */
  #found: ReadonlyMap<IConstruct, readonly string[]> = new Map()
  /** Who has a validation that tells it. */
  readonly #listeners: Set<IConstruct>
  /** Whether something here is given to write-only arguments. */
  usesWriteOnly = false

  static of(construct: IConstruct): StackChecks {
    const stack = TerraformStack.of(construct)
    const there = stack.node.tryFindChild(ID) as StackChecks | undefined
    return there ?? new StackChecks(stack)
  }

  private constructor(stack: TerraformStack) {
    super(stack, ID)
    this.#stack = stack
    this.#listeners = new Set([stack])
    // A stack is validated before all that it holds.
    stack.node.addValidation({
      validate: () => {
        this.#validate()
        return this.#foundAt(stack)
      },
    })
    guard(stack, {
      beforeOutput: (output) => refuseLeaks([this], new Outputs([stack, output])),
      beforePreparation: () => this.#preparations.forEach((prepare) => prepare()),
      afterPreparation: () => this.#lookAtAllStacks(),
    })
  }

  /** Tells the construct of what is wrong with the element, which it made. */
  watch(construct: IConstruct, element: TerraformElement): void {
    this.#owners.set(element, construct)
  }

  /** Fails the synth with the sentences that are answered then, beside everything else that is wrong. */
  ask(construct: IConstruct, question: () => readonly string[]): void {
    this.#questions.push([construct, question])
  }

  /** Refuses a second claim of the same name in the same place. */
  claim(construct: IConstruct, claim: Claim): void {
    this.#claims.push([construct, claim])
  }

  /** Warns when the stack is synthesized, if there is something to warn of by then. */
  warn(construct: IConstruct, question: () => string | undefined): void {
    this.#warnings.push([construct, question])
  }

  /** Adds what is known to the stack last, while other stacks can still hand over what it refers to. */
  beforePreparation(prepare: () => void): void {
    this.#preparations.push(prepare)
  }

  /** What is wrong but for secrets in the output. */
  mistakes(): Complaint[] {
    const answers = this.#questions.flatMap(([construct, question]) =>
      question().map((sentence): Complaint => [construct, sentence]),
    )
    return [...answers, ...wrongAddresses(this.#owners), ...claimedTwice(this.#claims)]
  }

  /** The secrets in the output, of which whoever made a block is told, or else the stack. */
  leaks(outputs: Outputs): Complaint[] {
    const references = referencesIn(this.#stack, outputs)
    return leaksIn(outputs.of(this.#stack), references).map(({ block, argument, complaint }) => {
      const element = this.#stack.node.findAll().find((each) => isWrittenBy(each, block))
      const where = element ? '' : ` of ${[block.kind, block.type, block.name].join('.')}`
      const told = this.#owners.get(element as TerraformElement) ?? element ?? this.#stack
      return [told, `\`${argument}\`${where} ${complaint}`]
    })
  }

  #validate(): void {
    const mistakes = this.mistakes()
    // Alone, a leak is refused when the output is about to be written; beside mistakes it is told here.
    const leaks = mistakes.length > 0 ? this.#leaksIfRendered() : []
    this.#found = byConstruct([...mistakes, ...leaks])
    for (const construct of this.#found.keys()) this.#tellAt(construct)
    this.#writeWarnings()
  }

  #leaksIfRendered(): Complaint[] {
    try {
      return this.leaks(new Outputs())
    } catch {
      // With what is missing a framework may not be able to render. There is no output then.
      return []
    }
  }

  #tellAt(construct: IConstruct): void {
    if (this.#listeners.has(construct)) return
    this.#listeners.add(construct)
    construct.node.addValidation({ validate: () => this.#foundAt(construct) })
  }

  #foundAt(construct: IConstruct): string[] {
    return [...(this.#found.get(construct) ?? [])]
  }

  /** Of a stack that is written first, nothing shall be there when another one is refused. */
  #lookAtAllStacks(): void {
    const all = this.node.root.node.findAll().filter((each) => each instanceof StackChecks)
    if (all.length > 1 && all.at(-1) === this) refuseLeaks(all, new Outputs())
  }

  #writeWarnings(): void {
    for (const [construct, question] of this.#warnings.splice(0)) {
      const warning = question()
      if (warning !== undefined) Annotations.of(construct).addWarning(warning)
    }
  }
}

const ID = 'agyn-checks'

/** Throws where a secret would be written, and says what else is wrong. */
function refuseLeaks(stacks: readonly StackChecks[], outputs: Outputs): void {
  const leaks = stacks.map((checks) => checks.leaks(outputs))
  if (leaks.every((ofStack) => ofStack.length === 0)) return
  const lines = stacks.flatMap((checks, at) => {
    const found = byConstruct([...checks.mistakes(), ...(leaks[at] ?? [])])
    const told = TerraformStack.of(checks).node.findAll()
    return told.flatMap((construct) =>
      (found.get(construct) ?? []).map((sentence) => `[${construct.node.path}] ${sentence}`),
    )
  })
  // In the words of the frameworks.
  throw new Error(`Validation failed with the following errors:\n  ${lines.join('\n  ')}`)
}

function byConstruct(complaints: readonly Complaint[]): ReadonlyMap<IConstruct, string[]> {
  const found = new Map<IConstruct, string[]>()
  for (const [construct, sentence] of complaints) {
    found.set(construct, [...(found.get(construct) ?? []), sentence])
  }
  return found
}

function isWrittenBy(construct: IConstruct, { type, kind, name }: WrittenBlock): boolean {
  if (!TerraformElement.isTerraformElement(construct)) return false
  const { friendlyUniqueId, terraformResourceType, alias } = construct as Written
  return type === terraformResourceType && name === (kind === 'provider' ? alias : friendlyUniqueId)
}

/** What elements of the L1 have besides. */
interface Written extends TerraformElement {
  readonly terraformResourceType?: string
  readonly alias?: string
}
