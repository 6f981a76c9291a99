import { Fn, Token, type TerraformProvider } from 'cdktn'
import { Construct, type IConstruct } from 'constructs'
import { isNarrower, scopeKinds, type ScopeKind } from '../../../contract/scope-kinds.ts'
import { DataAgynScope } from '../gen/cdktn/data-agyn-scope/index.ts'
import { Scope as ScopeL1 } from '../gen/cdktn/scope/index.ts'
import {
  belongingOf,
  markScope,
  placeOf,
  scopeOf,
  type IOrganization,
  type IScope,
} from './belonging.ts'
import { refuse, requireName, requireTexts } from './checks/refuse.ts'
import { StackChecks } from './checks/stack-checks.ts'
import { constructId } from './construct-id.ts'
import { attributeOf, later } from './later.ts'
import type { LookUpProps, ResourceProps } from './resource-props.ts'

export interface ScopeProps extends ResourceProps {
  /**
   * `team`, `workspace` or `project`: narrower than what it lies in, in this order.
   *
   * @example 'team'
   */
  readonly kind: Exclude<ScopeKind, 'organization'>
  /**
   * Name, unique in its parent.
   *
   * @default the construct's id
   * @example 'payments'
   */
  readonly name?: string
  /**
   * The scope it lies in.
   *
   * @default the scope that the construct lies in, else the root of the organization
   * @example acme.team('payments')
   */
  readonly parent?: IScope
  /**
   * The organization it belongs to.
   *
   * @default that of the parent, else the one that the construct lies in, else the token's
   * @example new Organization(stack, 'acme')
   */
  readonly organization?: IOrganization
}

abstract class ScopeBase extends Construct implements IScope {
  abstract readonly scopeId: string
  abstract readonly scopePath: string
  abstract readonly organization: IOrganization | undefined
  abstract readonly terraformProvider: TerraformProvider | undefined

  workspace(name: string): Scope {
    return scopeIn(this, 'workspace', name)
  }

  project(name: string): Scope {
    return scopeIn(this, 'project', name)
  }
}

/**
 * A part of an organization, such as a team. It has secrets of its own, and sees those of the wider
 * ones. What is made below it in the tree belongs to it.
 *
 * @example
 * const eu = acme.team('payments').workspace('eu')
 * Secret.local(eu, 'signing-key', { value: signingKey.stringValue })
 */
export class Scope extends ScopeBase {
  /** The L1 below it, for `overrideLogicalId`, `importFrom` and meta-arguments. */
  readonly resource: ScopeL1
  /** `team`, `workspace` or `project`. */
  readonly kind: ScopeKind
  readonly organization: IOrganization | undefined
  readonly terraformProvider: TerraformProvider | undefined
  readonly scopeId: string
  readonly scopePath: string

  /**
   * One that exists, by its id. Its path is looked up where a template needs it.
   *
   * @example Scope.fromId(stack, 'payments', '0198c5a4-7d1e-7c3b-9f2a-5b8d3e6f1a20')
   */
  static fromId(scope: Construct, id: string, scopeId: string, props: LookUpProps = {}): IScope {
    return new ExistingScope(scope, id, { ...props, scopeId })
  }

  /**
   * One that exists, by its path, which is looked up at plan.
   *
   * @param path - names from below the root down to it
   * @example Scope.fromPath(stack, 'eu', ['payments', 'eu'], { organization: acme })
   */
  static fromPath(
    scope: Construct,
    id: string,
    path: readonly string[],
    props: LookUpProps = {},
  ): IScope {
    return new ExistingScope(scope, id, { ...props, path })
  }

  /** The scope that a construct lies in, by the tree. */
  static of(construct: IConstruct): IScope | undefined {
    return scopeOf(construct)
  }

  constructor(scope: Construct, id: string, props: ScopeProps) {
    super(scope, id)
    const { kind, name = id } = props
    const belonging = belongingOf(this, { ...props, scope: props.parent })
    const { organization, scope: parent, terraformProvider } = belonging
    this.terraformProvider = terraformProvider
    this.kind = kind
    this.organization = organization
    this.resource = new ScopeL1(this, 'Resource', {
      kind,
      name,
      organizationId: organization?.organizationId,
      parentId: parent?.scopeId,
      provider: terraformProvider,
    })
    this.scopeId = attributeOf(this.resource, 'id')
    this.scopePath = later(() => Fn.join('/', this.resource.path))
    markScope(this)
    requireName(this, name)
    this.#requireKind(parent)
    const checks = StackChecks.of(this)
    checks.watch(this, this.resource)
    checks.claim(this, {
      noun: 'scope',
      place: placeOf(belonging),
      name,
      advice: 'Give it another name, or use the one that is there.',
    })
  }

  #requireKind(parent: IScope | undefined): void {
    const narrow = scopeKinds.slice(1)
    if (!narrow.includes(this.kind)) {
      return refuse(this, `\`kind\` is one of ${narrow.join(', ')}. Give one of them.`)
    }
    if (parent instanceof Scope && !isNarrower(this.kind, parent.kind)) {
      refuse(
        this,
        `A ${this.kind} does not fit in a ${parent.kind}: from wide to narrow they are ${narrow.join(', ')}. Put it elsewhere.`,
      )
    }
  }
}

/** The scope of this kind and name that lies in a construct, made when it is asked for first. */
export function scopeIn(parent: Construct, kind: ScopeProps['kind'], name: string): Scope {
  if (typeof name !== 'string' || Token.isUnresolved(name)) {
    throw new Error(
      `[${parent.node.path}] ${kind}() takes a name as text. For a token, write new Scope(…, { kind: '${kind}', name }).`,
    )
  }
  const id = constructId(kind, name)
  const there = parent.node.tryFindChild(id)
  if (there === undefined) return new Scope(parent, id, { kind, name })
  if (there instanceof Scope) return there
  throw new Error(
    `[${there.node.path}] This construct has the id that the ${kind} ${name} would have. Give it another.`,
  )
}

class ExistingScope extends ScopeBase {
  readonly organization: IOrganization | undefined
  readonly terraformProvider: TerraformProvider | undefined
  readonly scopeId: string
  readonly #found: () => DataAgynScope

  constructor(scope: Construct, id: string, { scopeId, path, ...lookUp }: Existing) {
    super(scope, id)
    const { organization, terraformProvider } = belongingOf(this, lookUp)
    this.organization = organization
    this.terraformProvider = terraformProvider
    let made: DataAgynScope | undefined
    this.#found = () => {
      made ??= new DataAgynScope(this, 'Resource', {
        ...(scopeId === undefined ? { path: [...(path ?? [])] } : { id: scopeId }),
        organizationId: organization?.organizationId,
        provider: terraformProvider,
      })
      return made
    }
    markScope(this)
    this.scopeId = scopeId ?? later(() => this.#found().id)
    if (scopeId !== undefined) {
      requireTexts(this, { scopeId })
      return
    }
    StackChecks.of(this).watch(this, this.#found())
    for (const name of path ?? []) requireName(this, name, { argument: 'path' })
    if (path?.length) return
    refuse(this, 'The path is empty. Give the names from below the root down to the scope.')
  }

  // Looked up when somebody asks, which is before the stack is synthesized.
  get scopePath(): string {
    return Fn.join('/', this.#found().path)
  }
}

interface Existing extends LookUpProps {
  readonly scopeId?: string
  readonly path?: readonly string[]
}
