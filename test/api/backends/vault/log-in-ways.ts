import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VaultConfig } from '../../../../api/backends/vault/vault-config.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import type { FakeLogin } from './fake-tokens.ts'
import { rightToken } from './fake-vault.ts'

/** How one auth method is set up on both sides. */
export interface LogInWay {
  /** The settings, apart from the address: those that are right, and some that are not. */
  readonly right: WithoutAddress
  readonly wrong: WithoutAddress
  readonly logins: Readonly<Record<string, FakeLogin>>
  /** Files that may be logged in with. */
  readonly tokenPaths: readonly string[]
  close(): Promise<void>
}

/** Distributes over the auth methods. */
type WithoutAddress = VaultConfig extends infer Config
  ? Config extends unknown
    ? Omit<Config, 'address'>
    : never
  : never

export const logInWays = {
  token: () =>
    Promise.resolve({
      right: { authMethod: 'token', token: SecretValue.fromText(rightToken) },
      wrong: { authMethod: 'token', token: SecretValue.fromText('wrong') },
      logins: {},
      ...noFiles,
    }),
  approle: () =>
    Promise.resolve({
      right: { authMethod: 'approle', roleId: 'role', secretId: SecretValue.fromText('id') },
      wrong: { authMethod: 'approle', roleId: 'role', secretId: SecretValue.fromText('other') },
      logins: {
        approle: { accepts: (body) => body['role_id'] === 'role' && body['secret_id'] === 'id' },
      },
      ...noFiles,
    }),
  kubernetes: () => withTokenFile('kubernetes', undefined),
  jwt: () => withTokenFile('jwt', 'oidc/ci/'),
  aws: () =>
    Promise.resolve({
      right: { authMethod: 'aws', role: 'app', region: 'eu-west-1', serverId: 'vault.test' },
      wrong: { authMethod: 'aws', role: 'other' },
      // The signature has tests of its own: aws.test.ts.
      logins: { aws: { accepts: ({ role }) => role === 'app' } },
      ...noFiles,
    }),
} as const satisfies Record<VaultConfig['authMethod'], () => Promise<LogInWay>>

const noFiles = { tokenPaths: [], close: () => Promise.resolve() }

async function withTokenFile(
  authMethod: 'kubernetes' | 'jwt',
  mountPoint: string | undefined,
): Promise<LogInWay> {
  const folder = await mkdtemp(join(tmpdir(), 'vault-token-'))
  const [tokenPath, otherPath] = [join(folder, 'token'), join(folder, 'other')]
  await writeFile(tokenPath, 'right.jwt.token\n')
  await writeFile(otherPath, 'wrong.jwt.token\n')
  const settings = { authMethod, role: 'app', mountPoint }
  const accepts: FakeLogin['accepts'] = ({ role, jwt }) =>
    role === 'app' && jwt === 'right.jwt.token'
  return {
    right: { ...settings, tokenPath },
    wrong: { ...settings, tokenPath: otherPath },
    logins: { [mountPoint?.replace(/\/$/, '') ?? authMethod]: { accepts } },
    tokenPaths: [tokenPath, otherPath],
    close: () => rm(folder, { recursive: true }),
  }
}
