import type { TerraformStack } from 'cdktn'
import type { Installed } from '../support/constructs.ts'
import { newApp } from '../support/stacks.ts'
import type { Terraform } from '../support/terraform.ts'

/** What a test puts into a stack that has the Terraform provider. */
export type Declare = (stack: TerraformStack) => void

/** Writes a stack into a directory that `World` opened, in the place of the configuration there. */
export function writeStack(terraform: Terraform, packages: Installed, declare: Declare): Terraform {
  const { cdk, agyn } = packages
  const stack = new cdk.TerraformStack(newApp(packages), 'stack')
  const apiUrl = new cdk.TerraformVariable(stack, 'api_url', {}).stringValue
  const apiToken = new cdk.TerraformVariable(stack, 'api_token', {}).stringValue
  new agyn.AgynProvider(stack, 'agyn', { apiUrl, apiToken })
  declare(stack)
  return terraform
    .write('', 'provider.tf')
    .write('')
    .write(cdk.Testing.synth(stack, true), 'stack.tf.json')
}
