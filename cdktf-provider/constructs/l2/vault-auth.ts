/**
 * How the API logs in to Vault or OpenBao. Each way takes what it needs and nothing else.
 *
 * @example
 * SecretProvider.vault(stack, 'vault', { address, auth: VaultAuth.kubernetes({ role: 'agents' }) })
 */
export class VaultAuth {
  /**
   * With a token.
   *
   * @example VaultAuth.token({ token: vaultToken.stringValue })
   */
  static token({ token }: VaultTokenProps): VaultAuth {
    // Without the method, as HCL has it: a token is the default.
    return new VaultAuth({ credentials: { token } })
  }

  /**
   * As an AppRole.
   *
   * @example VaultAuth.appRole({ roleId: '1f0a7f0e-agents', secretId: secretId.stringValue })
   */
  static appRole({ roleId, secretId }: VaultAppRoleProps): VaultAuth {
    return new VaultAuth({ method: 'approle', credentials: { secretId }, needed: { roleId } })
  }

  /**
   * With the Kubernetes service account token of the API.
   *
   * @example VaultAuth.kubernetes({ role: 'agents' })
   */
  static kubernetes({ role, ...optional }: VaultTokenFileProps): VaultAuth {
    return new VaultAuth({ method: 'kubernetes', needed: { role }, optional })
  }

  /**
   * With a JWT that lies in a file of the API.
   *
   * @example VaultAuth.jwt({ role: 'agents', tokenPath: '/var/run/secrets/vault/token' })
   */
  static jwt({ role, ...optional }: VaultTokenFileProps): VaultAuth {
    return new VaultAuth({ method: 'jwt', needed: { role }, optional })
  }

  /**
   * With the AWS identity of the API.
   *
   * @example VaultAuth.aws({ role: 'agents', region: 'eu-west-1' })
   */
  static aws({ role, ...optional }: VaultAwsProps): VaultAuth {
    return new VaultAuth({ method: 'aws', needed: { role }, optional })
  }

  /** @internal */
  readonly login: VaultLogin

  private constructor(login: VaultLogin) {
    this.login = login
  }
}

/** Arguments of a login, by their names. */
export interface VaultLogin {
  /** `auth_method` of the provider, where it is not the default. */
  readonly method?: string
  /** Secrets, each of which is needed. */
  readonly credentials?: Texts
  readonly needed?: Texts
  readonly optional?: object
}

type Texts = Readonly<Record<string, string>>

export interface VaultTokenProps {
  /**
   * A reference to the token, never text. It needs read access to the paths that secrets refer to.
   *
   * @example new EphemeralVariable(stack, 'vault_token').stringValue
   */
  readonly token: string
}

export interface VaultAppRoleProps {
  /**
   * Role id of the AppRole. It is no secret.
   *
   * @example '1f0a7f0e-agents'
   */
  readonly roleId: string
  /**
   * A reference to the secret id, never text.
   *
   * @example new EphemeralVariable(stack, 'vault_secret_id').stringValue
   */
  readonly secretId: string
}

export interface VaultTokenFileProps {
  /**
   * Role of the auth method, with a policy for the paths that secrets refer to.
   *
   * @example 'agents'
   */
  readonly role: string
  /**
   * File of the API with the JWT to log in with: one of those in its setting `AGYN_TOKEN_PATHS`.
   *
   * @default the Kubernetes service account token
   * @example '/var/run/secrets/vault/token'
   */
  readonly tokenPath?: string
  /**
   * Where the auth method is mounted.
   *
   * @default its own name, `kubernetes` or `jwt`
   * @example 'kubernetes-eu'
   */
  readonly mountPoint?: string
}

export interface VaultAwsProps {
  /**
   * Role of the auth method, with a policy for the paths that secrets refer to.
   *
   * @example 'agents'
   */
  readonly role: string
  /**
   * Where the auth method is mounted.
   *
   * @default 'aws'
   * @example 'aws-prod'
   */
  readonly mountPoint?: string
  /**
   * Region that the login is signed for.
   *
   * @default 'us-east-1'
   * @example 'eu-west-1'
   */
  readonly region?: string
  /**
   * Where Vault asks AWS who signed the login.
   *
   * @default 'https://sts.amazonaws.com'
   * @example 'https://sts.eu-west-1.amazonaws.com'
   */
  readonly stsEndpoint?: string
  /**
   * Value of the header `X-Vault-AWS-IAM-Server-ID`, when Vault's AWS method asks for it.
   *
   * @example 'vault.internal.example'
   */
  readonly serverId?: string
}
