// What CDKTF does not know is refused when the stack is synthesized, in a sentence that says where it is known.
import type { IResolvable } from 'cdktn'
import { Construct } from 'constructs'
import { AgynProvider } from '../gen/cdktn/provider/index.ts'
import { refuse } from './checks/refuse.ts'
import type { EphemeralApiTokenProps, WorkloadEnvProps } from './ephemeral-props.ts'

/** The L1, and the place where its provider functions would be. */
export class AgynProviderBase extends AgynProvider {
  #asked = false

  /** Needs CDK Terrain: CDKTF knows no provider functions. */
  get functions(): AgynProviderFunctions {
    if (!this.#asked) {
      refuse(
        this,
        'Provider functions are not known to CDKTF. Move to CDK Terrain (@agyn/cdktn-provider, two lines of a project), or write the expression as text: ${provider::agyn::format_reference(…)}.',
      )
    }
    this.#asked = true
    const none = () => ''
    return { apiToken: none, formatReference: none, parseReference: none as never }
  }
}

/** CDKTF does not ask which Terraform a project runs. */
export const targetProblems = (_construct: Construct): string[] => []

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

/** What CDK Terrain has in its place. */
export interface AgynProviderFunctions {
  apiToken(random: string): string
  formatReference(provider: string, path: string, rest: (string | IResolvable)[]): string
  parseReference(reference: string): IResolvable
}
