import { openBackend } from '../../../../api/backends/aws-sm/aws-sm.ts'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../../../api/backends/outbound/outbound.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { FakeClock } from '../fake-clock.ts'
import { rightKeys } from './fake-aws.ts'

/** A backend on a clock of its own, with the right keys unless others, or none, are given. */
export function openAws(
  address: string,
  { keys = rightKeys, clock = new FakeClock(), ...config }: OpenAwsOptions = {},
): Promise<SecretBackend> {
  const outbound = new Outbound({ allow: parseAllowList('127.0.0.1'), clock, random: () => 0.5 })
  const wrapped = Object.fromEntries(
    Object.entries(keys ?? {}).map(([name, text]) => [name, SecretValue.fromText(text)]),
  )
  const settings = { region: 'eu-west-1', endpoint: address, stsEndpoint: address }
  return openBackend({ ...settings, ...wrapped, ...config }, { outbound })
}

export interface OpenAwsOptions {
  /** None is the deployment's own identity. */
  readonly keys?: AwsKeys | null
  readonly clock?: FakeClock
  readonly region?: string
  readonly roleArn?: string
  readonly externalId?: string
}

interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey?: string
  readonly sessionToken?: string
}
