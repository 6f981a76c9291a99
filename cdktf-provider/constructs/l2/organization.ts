import type { TerraformProvider } from 'cdktn'
import { Construct, type IConstruct } from 'constructs'
import { DataAgynOrganization } from '../gen/cdktn/data-agyn-organization/index.ts'
import { Organization as OrganizationL1 } from '../gen/cdktn/organization/index.ts'
import { markOrganization, organizationOf, type IOrganization } from './belonging.ts'
import { requireName, requireTexts } from './checks/refuse.ts'
import { StackChecks } from './checks/stack-checks.ts'
import { attributeOf, later } from './later.ts'
import type { ResourceProps } from './resource-props.ts'
import { scopeIn, type Scope } from './scope.ts'

export interface OrganizationProps extends ResourceProps {
  /**
   * Name, unique in the deployment.
   *
   * @default the construct's id
   * @example 'acme'
   */
  readonly name?: string
}

abstract class OrganizationBase extends Construct implements IOrganization {
  abstract readonly organizationId: string
  abstract readonly terraformProvider: TerraformProvider | undefined

  team(name: string): Scope {
    return scopeIn(this, 'team', name)
  }

  workspace(name: string): Scope {
    return scopeIn(this, 'workspace', name)
  }

  project(name: string): Scope {
    return scopeIn(this, 'project', name)
  }
}

/**
 * Owns secret providers, secrets and envs. Making one takes an admin's token; with an owner's, leave
 * organizations out: everything belongs to the token's.
 *
 * @example
 * const acme = new Organization(stack, 'acme')
 * Secret.remote(acme.team('payments'), 'stripe', { provider: vault, remotePath: 'kv/data/prod/stripe' })
 */
export class Organization extends OrganizationBase {
  /** The L1 below it, for `overrideLogicalId`, `importFrom` and meta-arguments. */
  readonly resource: OrganizationL1
  readonly organizationId: string
  readonly terraformProvider: TerraformProvider | undefined

  /**
   * One that exists, by its id. Nothing is looked up.
   *
   * @example Organization.fromId(stack, 'acme', '0198c5a4-7d1e-7c3b-9f2a-5b8d3e6f1a20')
   */
  static fromId(
    scope: Construct,
    id: string,
    organizationId: string,
    props: ResourceProps = {},
  ): IOrganization {
    const organization = new ExistingOrganization(scope, id, {
      ...props,
      organizationId: () => organizationId,
    })
    markOrganization(organization, { id: organizationId })
    requireTexts(organization, { organizationId })
    return organization
  }

  /**
   * One that exists, by its name, which is looked up at plan.
   *
   * @example Organization.fromName(stack, 'acme', 'acme').team('payments')
   */
  static fromName(
    scope: Construct,
    id: string,
    name: string,
    props: ResourceProps = {},
  ): IOrganization {
    const organization: ExistingOrganization = new ExistingOrganization(scope, id, {
      ...props,
      organizationId: () => found.id,
    })
    markOrganization(organization, { name })
    const found: DataAgynOrganization = new DataAgynOrganization(organization, 'Resource', {
      name,
      provider: props.terraformProvider,
    })
    requireName(organization, name)
    StackChecks.of(organization).watch(organization, found)
    return organization
  }

  /**
   * The organization that a construct lies in, by the tree.
   *
   * @example Organization.of(acme.team('payments'))?.organizationId
   */
  static of(construct: IConstruct): IOrganization | undefined {
    return organizationOf(construct)
  }

  constructor(scope: Construct, id: string, props: OrganizationProps = {}) {
    super(scope, id)
    const { name = id, terraformProvider } = props
    this.terraformProvider = terraformProvider
    this.resource = new OrganizationL1(this, 'Resource', { name, provider: terraformProvider })
    this.organizationId = attributeOf(this.resource, 'id')
    markOrganization(this, { name, path: this.node.path })
    requireName(this, name)
    const checks = StackChecks.of(this)
    checks.watch(this, this.resource)
    checks.claim(this, {
      noun: 'organization',
      place: terraformProvider?.node.path ?? '',
      name,
      advice: 'Give it another name.',
    })
  }
}

class ExistingOrganization extends OrganizationBase {
  readonly organizationId: string
  readonly terraformProvider: TerraformProvider | undefined

  constructor(scope: Construct, id: string, { organizationId, terraformProvider }: Existing) {
    super(scope, id)
    this.organizationId = later(organizationId)
    this.terraformProvider = terraformProvider
  }
}

interface Existing extends ResourceProps {
  readonly organizationId: () => string
}
