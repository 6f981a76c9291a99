import type { Construct } from 'constructs'
import type { AgynProviderConfig } from '../gen/cdktn/provider/index.ts'
import { StackChecks } from './checks/stack-checks.ts'
import { AgynProviderBase, targetProblems } from './framework.ts'

export type { AgynProviderConfig } from '../gen/cdktn/provider/index.ts'

/**
 * The Terraform provider `agyn`: where the API is and whose token is used. Best left empty, so that
 * both come from `AGYN_API_URL` and `AGYN_API_TOKEN` at plan and apply. With it in a stack, secrets in
 * clear text are refused there, of L1 constructs too.
 *
 * @example
 * new AgynProvider(stack, 'agyn')
 */
export class AgynProvider extends AgynProviderBase {
  /**
   * @param config - `apiUrl`: address of the API; `apiToken`: a reference to a variable, never text;
   *   `organizationId`: for resources that name none; `alias`: to tell several from each other
   */
  constructor(scope: Construct, id: string, config: AgynProviderConfig = {}) {
    super(scope, id, config)
    const checks = StackChecks.of(this)
    checks.watch(this, this)
    this.node.addValidation({
      validate: () => (checks.usesWriteOnly ? targetProblems(this) : []),
    })
  }
}
