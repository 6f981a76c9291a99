import { Construct } from 'constructs'
import { refuse } from './checks/refuse.ts'
import type { EphemeralApiTokenProps, WorkloadEnvProps } from './ephemeral-props.ts'

/** Needs CDK Terrain: CDKTF knows no ephemeral resources. It is refused when the stack is synthesized. */
export class EphemeralApiToken extends Construct {
  /** Never read: the stack is refused. */
  readonly token = ''

  constructor(scope: Construct, id: string, _props: EphemeralApiTokenProps) {
    super(scope, id)
    refuse(this, sentence('EphemeralApiToken'))
  }
}

/** Needs CDK Terrain: CDKTF knows no ephemeral resources. It is refused when the stack is synthesized. */
export class WorkloadEnv extends Construct {
  constructor(scope: Construct, id: string, _props: WorkloadEnvProps) {
    super(scope, id)
    refuse(this, sentence('WorkloadEnv'))
  }

  /** Never read: the stack is refused. */
  value(_name: string): string {
    return ''
  }
}

const sentence = (name: string): string =>
  `${name} is an ephemeral resource, which CDKTF does not know. Move to CDK Terrain (@agyn/cdktn-provider, two lines of a project), or use a TerraformVariable.`
