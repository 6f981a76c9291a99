import type { Construct } from 'constructs'
import type { AgynProviderConfig as L1Config } from '../gen/cdktn/provider/index.ts'
import { requireUrls } from './checks/refuse.ts'
import { StackChecks } from './checks/stack-checks.ts'
import { AgynProviderBase, targetProblems } from './framework.ts'

export interface AgynProviderConfig extends L1Config {
  /**
   * Address of the API.
   *
   * @default the environment variable `AGYN_API_URL`, at plan and apply
   * @example 'https://secrets.example.com'
   */
  readonly apiUrl?: string
  /**
   * A reference to the token of an owner, or of an admin; never text.
   *
   * @default the environment variable `AGYN_API_TOKEN`, at plan and apply
   * @example new EphemeralVariable(stack, 'agyn_api_token').stringValue
   */
  readonly apiToken?: string
  /**
   * Id of the organization of resources that name none.
   *
   * @default the one that the token belongs to
   * @example '0198c5a4-7d1e-7c3b-9f2a-5b8d3e6f1a20'
   */
  readonly organizationId?: string
  /**
   * Tells several in one stack from each other: constructs name theirs as `terraformProvider`.
   *
   * @example 'staging'
   */
  readonly alias?: string
}

/**
 * The Terraform provider `agyn`: where the API is and whose token is used. Best left empty, so that
 * both come from `AGYN_API_URL` and `AGYN_API_TOKEN` at plan and apply. With it in a stack, secrets in
 * clear text are refused there, of L1 constructs too.
 *
 * @example
 * new AgynProvider(stack, 'agyn')
 */
export class AgynProvider extends AgynProviderBase {
  constructor(scope: Construct, id: string, config: AgynProviderConfig = {}) {
    super(scope, id, config)
    const checks = StackChecks.of(this)
    checks.watch(this, this)
    checks.claim(this, {
      noun: 'AgynProvider',
      place: '',
      name: config.alias ?? '',
      advice: 'Give it an `alias` of its own.',
    })
    requireUrls(this, { ...config })
    checks.ask(this, () => (checks.usesWriteOnly ? targetProblems(this) : []))
  }
}
