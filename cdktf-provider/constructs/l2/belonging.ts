import { TerraformProvider, TerraformStack, Token } from 'cdktn'
import type { IConstruct } from 'constructs'
import { refuse } from './checks/refuse.ts'
import type { Scope } from './scope.ts'

/** Something that one of the stack's Terraform providers makes or looks up. */
export interface IAgynConstruct extends IConstruct {
  /** The one with an alias that makes it, and what belongs to it or refers to it. */
  readonly terraformProvider?: TerraformProvider | undefined
}

/** An organization, made here or elsewhere. What is made below it in the tree belongs to it. */
export interface IOrganization extends IAgynConstruct {
  /** Its id, a token. */
  readonly organizationId: string
  /**
   * The team of this name; the same one when asked twice.
   *
   * @example acme.team('payments').workspace('eu')
   */
  team(name: string): Scope
  /**
   * The workspace of this name that lies in no team; the same one when asked twice.
   *
   * @example acme.workspace('eu').project('checkout')
   */
  workspace(name: string): Scope
  /**
   * The project of this name that lies in no team and no workspace; the same one when asked twice.
   *
   * @example acme.project('checkout')
   */
  project(name: string): Scope
}

/** A part of an organization, made here or elsewhere. What is made below it in the tree belongs to it. */
export interface IScope extends IAgynConstruct {
  /** Its id, a token. */
  readonly scopeId: string
  /** Names from below the root down to it, joined by `/`. A token. */
  readonly scopePath: string
  /** The organization that it is part of, where that is known. */
  readonly organization?: IOrganization | undefined
  /**
   * The workspace of this name in it; the same one when asked twice.
   *
   * @example acme.team('payments').workspace('eu')
   */
  workspace(name: string): Scope
  /**
   * The project of this name in it; the same one when asked twice.
   *
   * @example acme.team('payments').project('checkout')
   */
  project(name: string): Scope
}

/** What something belongs to. Nothing: to the organization of the token, and to its root. */
export interface Belonging {
  readonly organization?: IOrganization | undefined
  readonly scope?: IScope | undefined
  /** Nothing: the one without an alias. */
  readonly terraformProvider?: TerraformProvider | undefined
}

/** What a construct belongs to by its arguments, and where they are silent by its place in the tree. */
export function belongingOf(construct: IConstruct, given: Belonging): Belonging {
  const { organization: named, scope: into } = given
  if (named && into?.organization && areOthers(named, into.organization)) {
    refuse(
      construct,
      `The scope ${into.node.path} is of another organization than ${named.node.path}. Leave one of them out.`,
    )
  }
  const above = scopeOf(construct)
  const scope =
    into ??
    (named && above?.organization && areOthers(named, above.organization) ? undefined : above)
  const organization = named ?? scope?.organization ?? organizationOf(construct)
  const terraformProvider =
    given.terraformProvider ??
    providerHere(construct, scope?.terraformProvider, organization?.terraformProvider)
  return { scope, organization, terraformProvider }
}

/**
 * The first of these, or what this stack has in its place: another stack's Terraform provider makes
 * nothing here, and the one of the same alias is taken for it.
 */
export function providerHere(
  construct: IConstruct,
  ...providers: readonly (TerraformProvider | undefined)[]
): TerraformProvider | undefined {
  const [first] = providers.filter((provider) => provider !== undefined)
  const stack = TerraformStack.of(construct)
  if (first === undefined || first.cdktfStack === stack) return first
  if (first.alias === undefined) return undefined
  const same = stack.node
    .findAll()
    .filter(TerraformProvider.isTerraformProvider)
    .find(({ terraformResourceType, alias }) => {
      return terraformResourceType === first.terraformResourceType && alias === first.alias
    })
  if (same === undefined) {
    refuse(
      construct,
      `What it belongs to is made by ${first.node.path}, and its own stack has no AgynProvider with the alias \`${first.alias}\`. Give \`terraformProvider\`.`,
    )
  }
  return same
}

/** The organization that a construct lies in, by the tree. */
export const organizationOf = (construct: IConstruct): IOrganization | undefined =>
  nearest<IOrganization>(construct, ORGANIZATION)

/** The scope that a construct lies in, by the tree. */
export const scopeOf = (construct: IConstruct): IScope | undefined =>
  nearest<IScope>(construct, SCOPE)

/** Where a name has to be unique, as text that is equal for equal places. */
export function placeOf({ organization, scope, terraformProvider }: Belonging): string {
  return JSON.stringify([
    terraformProvider?.node.path,
    organization && identityOf(organization),
    scope?.node.path,
  ])
}

/** Whether two are certainly not the same organization. */
export function areOthers(one: IOrganization, other: IOrganization): boolean {
  const [its, others] = [knownOf(one), knownOf(other)]
  if (its.id !== undefined && others.id !== undefined) return its.id !== others.id
  if (its.name !== undefined && others.name !== undefined) return its.name !== others.name
  return its.path !== undefined && others.path !== undefined && its.path !== others.path
}

/** Lets what is made below it find it. `known` is what tells it from others. */
export function markOrganization(organization: IOrganization, known: Known): void {
  Object.defineProperty(organization, ORGANIZATION, { value: known })
}

export function markScope(scope: IScope): void {
  Object.defineProperty(scope, SCOPE, { value: true })
}

interface Known {
  readonly id?: string
  readonly name?: string
  /** Of the construct that makes it. */
  readonly path?: string
}

// Registered, so that a second copy of the package in one project knows them too.
const ORGANIZATION = Symbol.for('agyn/Organization')
const SCOPE = Symbol.for('agyn/Scope')

/** The innermost that is marked, from the parent outwards. */
function nearest<Thing>(construct: IConstruct, mark: symbol): Thing | undefined {
  return construct.node.scopes
    .slice(0, -1)
    .reverse()
    .find((each) => mark in each) as Thing | undefined
}

/** What is known of it as text. */
function knownOf(organization: IOrganization): Known {
  const marked = organization as unknown as Readonly<Record<symbol, Known>>
  const known = Object.entries(marked[ORGANIZATION] ?? {})
  return Object.fromEntries(known.filter(([, text]) => !Token.isUnresolved(text)))
}

function identityOf(organization: IOrganization): string {
  const { id, name } = knownOf(organization)
  return id ?? name ?? organization.node.path
}
