import type { IOrganization } from './belonging.ts'
import type { ResourceProps } from './resource-props.ts'
import type { VaultAuth } from './vault-auth.ts'

/** What secret providers of every kind take. */
export interface SecretProviderProps extends ResourceProps {
  /**
   * Name, unique in the organization.
   *
   * @default the construct's id
   * @example 'vault-prod'
   */
  readonly name?: string
  /**
   * What it is for.
   *
   * @example 'Reads kv/prod and nothing else.'
   */
  readonly description?: string
  /**
   * The organization it belongs to.
   *
   * @default the one that the construct lies in, else the token's
   * @example new Organization(stack, 'acme')
   */
  readonly organization?: IOrganization
  /**
   * Let owners list the names of what is in the store, and of the keys there. Never values.
   *
   * @default false
   */
  readonly allowBrowse?: boolean
  /**
   * Destroy it although secrets refer to it. They stay and fail to resolve.
   *
   * @default false
   */
  readonly forceDestroy?: boolean
  /**
   * Certificate authority of the server, in PEM, when the system's own do not know it.
   *
   * @example Fn.file('ca.pem')
   */
  readonly caCertificate?: string
  /**
   * Where managed secrets are kept: under this prefix.
   *
   * @default 'agyn'; of Vault 'secret/data/agyn'
   * @example 'kv/data/agyn'
   */
  readonly pathPrefix?: string
  /**
   * Goes with the credentials: another number sends them again.
   *
   * @default 1
   */
  readonly credentialsVersion?: number
  /**
   * Keep the credentials in Terraform's state, in clear text, instead of giving them to write-only
   * arguments. For Terraform before 1.11, or where a change has to be noticed without a version.
   *
   * @default false
   */
  readonly credentialsInState?: boolean
}

export interface VaultProviderProps extends SecretProviderProps {
  /**
   * Base URL of the server.
   *
   * @example 'https://vault.internal:8200'
   */
  readonly address: string
  /**
   * How to log in.
   *
   * @example VaultAuth.kubernetes({ role: 'agents' })
   */
  readonly auth: VaultAuth
  /**
   * Namespace of Vault Enterprise or OpenBao.
   *
   * @example 'team-a/dev'
   */
  readonly namespace?: string
  /**
   * Version of the KV engine.
   *
   * @default detected, and 2 when that is forbidden
   */
  readonly kvVersion?: 1 | 2
  /**
   * Mount of the KV engine.
   *
   * @default detected from each path
   * @example 'teams/kv'
   */
  readonly mount?: string
  /**
   * Where the metadata of managed secrets is listed and deleted.
   *
   * @default `pathPrefix` with `data` replaced by `metadata`
   * @example 'kv/metadata/agyn'
   */
  readonly metadataPathPrefix?: string
}

export interface AwsSecretsManagerProviderProps extends SecretProviderProps {
  /**
   * Region of the secrets.
   *
   * @example 'eu-west-1'
   */
  readonly region: string
  /**
   * An access key. Without one the API's own AWS identity is used, which takes an admin.
   *
   * @example { accessKeyId: id.stringValue, secretAccessKey: key.stringValue }
   */
  readonly credentials?: AwsCredentials
  /**
   * Role to assume before secrets are read.
   *
   * @example 'arn:aws:iam::123456789012:role/agents'
   */
  readonly roleArn?: string
  /**
   * External id that the role asks for.
   *
   * @example 'agyn'
   */
  readonly externalId?: string
  /**
   * Another endpoint than the region's own, such as that of a VPC.
   *
   * @example 'https://secretsmanager.eu-west-1.amazonaws.com'
   */
  readonly endpoint?: string
  /**
   * Where the role is assumed.
   *
   * @default the region's own endpoint
   * @example 'https://sts.eu-west-1.amazonaws.com'
   */
  readonly stsEndpoint?: string
}

/** An access key of AWS. References, never text. */
export interface AwsCredentials {
  /**
   * A reference to its id.
   *
   * @example new EphemeralVariable(stack, 'aws_access_key_id').stringValue
   */
  readonly accessKeyId: string
  /**
   * A reference to its secret half.
   *
   * @example new EphemeralVariable(stack, 'aws_secret_access_key').stringValue
   */
  readonly secretAccessKey: string
  /**
   * A reference to the session's token, when the access key is a temporary one.
   *
   * @example new EphemeralVariable(stack, 'aws_session_token').stringValue
   */
  readonly sessionToken?: string
}

export interface AzureKeyVaultProviderProps extends SecretProviderProps {
  /**
   * URL of the key vault.
   *
   * @example 'https://acme-prod.vault.azure.net'
   */
  readonly vaultUrl: string
  /**
   * An application to log in as. Without one the API's own identity is used, which takes an admin.
   *
   * @example { tenantId, clientId, clientSecret: clientSecret.stringValue }
   */
  readonly credentials?: AzureCredentials
  /**
   * Where to log in.
   *
   * @default that of the key vault's cloud
   * @example 'https://login.microsoftonline.com'
   */
  readonly authorityHost?: string
}

/** An application of Microsoft Entra ID. */
export interface AzureCredentials {
  /**
   * Directory (tenant) of the application.
   *
   * @example '7d4c1f0e-9b1a-4a53-9f6e-2c8d5b3a1e70'
   */
  readonly tenantId: string
  /**
   * Application (client) to log in as.
   *
   * @example 'c2a94f6b-3e07-4b8d-a1c5-6f0d9e8b7a42'
   */
  readonly clientId: string
  /**
   * A reference to the secret of the application, never text.
   *
   * @example new EphemeralVariable(stack, 'azure_client_secret').stringValue
   */
  readonly clientSecret: string
}

export interface GcpSecretManagerProviderProps extends SecretProviderProps {
  /**
   * Id or number of the project.
   *
   * @example 'acme-prod'
   */
  readonly projectId: string
  /**
   * A reference to the key file of a service account, as JSON, or to a configuration of workload
   * identity federation; never text. Without one the API's own identity is used. Federation and that
   * take an admin.
   *
   * @example new EphemeralVariable(stack, 'google_key_file').stringValue
   */
  readonly serviceAccountJson?: string
  /**
   * Another endpoint than https://secretmanager.googleapis.com, such as a regional one.
   *
   * @example 'https://secretmanager.europe-west1.rep.googleapis.com'
   */
  readonly endpoint?: string
}
