import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { openBackend } from '../../../../api/backends/gcp-sm/gcp-sm.ts'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound, type OutboundOptions } from '../../../../api/backends/outbound/outbound.ts'
import { TokenFiles } from '../../../../api/backends/token-files.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { FakeClock } from '../fake-clock.ts'
import { audience, email, jwtType, rightKey } from './fake-google.ts'

/** A backend of a fake Google, or of another server, on a clock of its own; without a key file, as the server itself. */
export function openGcp(
  endpoint: string | undefined,
  keyFile: object | string | undefined,
  { allow = '127.0.0.1', tokenPaths = [], ...world }: OpenGcpOptions = {},
): Promise<SecretBackend> {
  const outbound = new Outbound({
    allow: parseAllowList(allow),
    clock: new FakeClock(),
    random: () => 0.5,
    ...world,
  })
  const text = typeof keyFile === 'object' ? JSON.stringify(keyFile) : keyFile
  return openBackend(
    {
      projectId: 'my-project',
      endpoint,
      serviceAccountJson: text === undefined ? undefined : SecretValue.fromText(text),
    },
    { outbound, tokenFiles: new TokenFiles(tokenPaths) },
  )
}

interface OpenGcpOptions extends Pick<OutboundOptions, 'clock' | 'lookup'> {
  readonly allow?: string
  readonly tokenPaths?: readonly string[]
}

/** The key file of a service account, whose tokens are had at the fake Google. */
export const serviceAccountKey = (address: string) => ({
  type: 'service_account',
  project_id: 'my-project',
  private_key_id: 'key-1',
  private_key: rightKey,
  client_email: email,
  token_uri: `${address}/token`,
})

/** Workload identity federation with the fake Google. */
export const federation = (address: string, source: object) => ({
  type: 'external_account',
  audience,
  subject_token_type: jwtType,
  token_url: `${address}/sts`,
  credential_source: source,
})

/** A `credential_source` at the fake Google. */
export const subjectUrl = (address: string) => ({
  url: `${address}/subject?audience=google`,
  headers: { 'X-Asked-By': 'agyn' },
  format: { type: 'json', subject_token_field_name: 'value' },
})

export const impersonation = (address: string) => ({
  service_account_impersonation_url: `${address}/impersonate/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
})
