import type { IOrganization, IScope } from './belonging.ts'
import type { IConsumer } from './env.ts'
import type { ResourceProps } from './resource-props.ts'

export interface EphemeralApiTokenProps extends ResourceProps {
  /**
   * Name, by which people tell it from others.
   *
   * @default the construct's id
   * @example 'deploy'
   */
  readonly name?: string
  /**
   * What it may do: `owner` reads and changes everything but values; `member` reads; `orchestrator` and
   * `llm_proxy` resolve, and take an admin.
   *
   * @example 'member'
   */
  readonly role: 'owner' | 'member' | 'orchestrator' | 'llm_proxy'
  /**
   * How long it lasts without being prolonged.
   *
   * @default '15m'
   * @example '1h'
   */
  readonly expiresIn?: string
  /**
   * Limits it to a scope and those below.
   *
   * @default the one that the construct lies in, else as far as the token reaches that makes it
   * @example acme.team('payments')
   */
  readonly scope?: IScope
  /**
   * The organization it belongs to.
   *
   * @default that of the scope, else the one that the construct lies in, else the token's
   * @example new Organization(stack, 'acme')
   */
  readonly organization?: IOrganization
}

export interface WorkloadEnvProps extends ResourceProps {
  /**
   * Who receives the values.
   *
   * @example Agent.named('billing')
   */
  readonly consumer: IConsumer
  /**
   * The workload that starts, as the platform calls it, so that it is known which values it holds.
   *
   * @example 'billing-7f9c'
   */
  readonly workloadId?: string
  /**
   * The organization of the consumer.
   *
   * @default the one that the construct lies in, else the token's
   * @example new Organization(stack, 'acme')
   */
  readonly organization?: IOrganization
}
