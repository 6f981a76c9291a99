import type { TerraformProvider } from 'cdktn'
import type { IOrganization } from './belonging.ts'

/** What every construct of this package takes. */
export interface ResourceProps {
  /**
   * The `AgynProvider` that makes it or looks it up, when the stack has several.
   *
   * @default that of what it belongs to or refers to, else the one without an alias
   * @example new AgynProvider(stack, 'staging', { alias: 'staging' })
   */
  readonly terraformProvider?: TerraformProvider
}

/** Where something that exists is looked up. */
export interface LookUpProps extends ResourceProps {
  /**
   * The organization it belongs to.
   *
   * @default the one that the construct lies in, else the token's
   * @example Organization.fromName(stack, 'acme', 'acme')
   */
  readonly organization?: IOrganization
}
