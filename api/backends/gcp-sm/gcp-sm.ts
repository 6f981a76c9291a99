import { gcpVersion } from '../../../contract/store-paths.ts'
import type { SecretValue } from '../../keyring/secret-value.ts'
import { AccessTokens } from '../access-tokens.ts'
import {
  BackendFailure,
  type CallOptions,
  type CheckReport,
  type Listing,
  type ListOptions,
  type OwnOptions,
  type ReadOptions,
  type RemoveOptions,
  type SecretBackend,
  type StoredSecret,
  type WriteOptions,
  type Written,
} from '../backend.ts'
import type { BackendWorld } from '../backend-world.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { checkAccess } from './check-access.ts'
import type { GcpConfig, GcpSmConfig } from './gcp-config.ts'
import { type GcpPath, parentOf, parseGcpPath } from './gcp-path.ts'
import { googleLogin } from './google-login.ts'
import { listSecrets } from './list-secrets.ts'
import type { Login } from './login.ts'
import { readVersion, versionMissing } from './read-version.ts'
import { removeSecret, restoreSecret } from './remove-secret.ts'
import { SecretManager } from './secret-manager.ts'
import { writeSecret } from './write-secret.ts'

/** Opens Google Cloud Secret Manager. Contacts nothing before the first call. */
export async function openBackend(
  config: GcpSmConfig,
  world: BackendWorld,
): Promise<SecretBackend> {
  const { endpoint = 'https://secretmanager.googleapis.com', caCertificate } = config
  const connection = world.outbound.connect({ address: endpoint, caCertificate, rates })
  const login = await googleLogin(config, world)
  const tokens = new AccessTokens(world.outbound.clock, (options) => login.logIn(options))
  const manager = await SecretManager.load({ connection, tokens })
  return new GcpSecretManager({ config, manager, tokens, login })
}

/** Of a project: https://cloud.google.com/secret-manager/quotas */
const rates = {
  read: { requests: 90_000, perMs: 60_000 },
  describe: { requests: 600, perMs: 60_000 },
  write: { requests: 600, perMs: 60_000 },
}

/** Secrets of a project, as plain bytes. A version is named by its number, by `latest`, or by an alias. */
class GcpSecretManager implements SecretBackend {
  readonly #config: GcpConfig
  readonly #manager: SecretManager
  readonly #tokens: AccessTokens
  readonly #login: Login

  constructor(parts: GcpParts) {
    this.#config = parts.config
    this.#manager = parts.manager
    this.#tokens = parts.tokens
    this.#login = parts.login
  }

  async read(path: string, options: ReadOptions): Promise<StoredSecret | null> {
    return await readVersion(this.#manager, this.#versionAt(path, options.version), options)
  }

  async write(path: string, value: SecretValue, options: WriteOptions): Promise<Written> {
    return await writeSecret(this.#manager, this.#secretAt(path), value, options)
  }

  async remove(path: string, options: RemoveOptions): Promise<void> {
    await removeSecret(this.#manager, this.#secretAt(path), options)
  }

  async restore(path: string, options: OwnOptions): Promise<void> {
    await restoreSecret(this.#manager, this.#secretAt(path), options)
  }

  list(options: ListOptions): Promise<Listing> {
    return listSecrets(this.#manager, parentOf(this.#config), options)
  }

  async check(options: CallOptions): Promise<CheckReport> {
    const can = await checkAccess(this.#manager, parentOf(this.#config), options)
    const displayName = await unlessAborted(() => this.#login.identity(), options.signal)
    return {
      identity: {
        displayName: displayName?.slice(0, 200).toWellFormed(),
        expiresAt: new Date(Date.now() + this.#tokens.leftMs).toISOString(),
        renewable: true,
      },
      can,
    }
  }

  close(): Promise<void> {
    this.#login.close()
    this.#manager.close()
    return Promise.resolve()
  }

  #versionAt(path: string, asked: string | undefined): GcpPath {
    const { secret, version } = parseGcpPath(path, this.#config)
    if (asked !== undefined && version !== undefined && asked !== version) {
      throw invalidPath('The path names one version, and the reference another.')
    }
    if (asked !== undefined && !gcpVersion.test(asked)) {
      throw versionMissing('This is no name of a version in Google Cloud.')
    }
    return { secret, version: asked ?? version }
  }

  #secretAt(path: string): string {
    const { secret, version } = parseGcpPath(path, this.#config)
    if (version !== undefined)
      throw invalidPath('The path names a version; only reading takes one.')
    return secret
  }
}

interface GcpParts {
  readonly config: GcpConfig
  readonly manager: SecretManager
  readonly tokens: AccessTokens
  readonly login: Login
}

const invalidPath = (message: string): BackendFailure =>
  new BackendFailure('path_invalid', message, { notSent: true })
