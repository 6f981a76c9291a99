import { TerraformVariable } from 'cdktn'
import type { Construct } from 'constructs'
import { StackChecks } from './checks/stack-checks.ts'
import { referenceTo } from './later.ts'

export interface EphemeralVariableProps {
  /**
   * What it is, for whoever sets it.
   *
   * @example 'Token of Vault, for a run that sends it.'
   */
  readonly description?: string
  /**
   * Its type.
   *
   * @default 'string'
   * @example 'object({ id = string, secret = string })'
   */
  readonly type?: string
  /**
   * Whether every plan needs it. Else it is null where it is not set, and what it was sent to keeps
   * its value.
   *
   * @default false
   */
  readonly required?: boolean
}

/**
 * A Terraform variable for a secret: in no plan and no state. It is set where Terraform runs, for the
 * applies that send it: `TF_VAR_stripe_api_key=… terraform apply`. Needs Terraform 1.10 or newer.
 *
 * @example
 * const stripe = new EphemeralVariable(stack, 'stripe_api_key')
 * Secret.local(stack, 'stripe', { value: stripe.stringValue })
 */
export class EphemeralVariable extends TerraformVariable {
  /**
   * @param id - the variable's name at the top of a stack; `overrideLogicalId` names one that lies
   *   deeper
   */
  constructor(scope: Construct, id: string, props: EphemeralVariableProps = {}) {
    const { description, type = 'string', required = false } = props
    // Sensitive too, or Terraform would show a value that is not of the type.
    super(scope, id, { description, type, sensitive: true })
    this.addOverride('ephemeral', true)
    if (!required) this.addOverride('default', null)
    StackChecks.of(this).watch(this, this)
  }

  /** Its value as text. It is named at synth: `overrideLogicalId` may be called after others refer to it. */
  override get stringValue(): string {
    return referenceTo(this, {
      address: ({ friendlyUniqueId }) => `var.${friendlyUniqueId}`,
      reference: () => super.stringValue,
    })
  }
}
