// https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface SecretProviderConfig extends cdktf.TerraformMetaArguments {
  /**
  * Let owners list the names of what is in the store, and of the keys there. Never values.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#allow_browse SecretProvider#allow_browse}
  */
  readonly allowBrowse?: boolean | cdktf.IResolvable;
  /**
  * Address and credentials. Terraform drops a misspelt field here without a word, so look in the plan for what is set; in the block that is named after the type it refuses one. An imported provider keeps its credentials while none are given.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#config SecretProvider#config}
  */
  readonly config?: SecretProviderConfigA;
  /**
  * Goes with the write-only arguments of `config` or of the block: another number sends them again. When somebody else has changed a credential, the next apply sends them again by itself.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#config_wo_version SecretProvider#config_wo_version}
  */
  readonly configWoVersion?: number;
  /**
  * What it is for.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#description SecretProvider#description}
  */
  readonly description?: string;
  /**
  * Destroy it although secrets refer to it. They stay and fail to resolve.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#force_destroy SecretProvider#force_destroy}
  */
  readonly forceDestroy?: boolean | cdktf.IResolvable;
  /**
  * Name, unique in the organization.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#name SecretProvider#name}
  */
  readonly name: string;
  /**
  * Organization it belongs to. Else the provider's `organization_id`, else the token's own.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#organization_id SecretProvider#organization_id}
  */
  readonly organizationId?: string;
  /**
  * Kind of store: `vault`, `aws-sm`, `azure-kv`, `gcp-sm`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#type SecretProvider#type}
  */
  readonly type: string;
  /**
  * aws_sm block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#aws_sm SecretProvider#aws_sm}
  */
  readonly awsSm?: SecretProviderAwsSm;
  /**
  * azure_kv block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#azure_kv SecretProvider#azure_kv}
  */
  readonly azureKv?: SecretProviderAzureKv;
  /**
  * gcp_sm block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#gcp_sm SecretProvider#gcp_sm}
  */
  readonly gcpSm?: SecretProviderGcpSm;
  /**
  * timeouts block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#timeouts SecretProvider#timeouts}
  */
  readonly timeouts?: SecretProviderTimeouts;
  /**
  * vault block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#vault SecretProvider#vault}
  */
  readonly vault?: SecretProviderVault;
}
export interface SecretProviderConfigA {
  /**
  * `aws-sm`: Access key id. Without one the server's own AWS identity is used, which takes an admin.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#access_key_id SecretProvider#access_key_id}
  */
  readonly accessKeyId?: string;
  /**
  * The same as `access_key_id`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#access_key_id_wo SecretProvider#access_key_id_wo}
  */
  readonly accessKeyIdWo?: string;
  /**
  * `vault`: Base URL of the server, such as https://vault.internal:8200.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#address SecretProvider#address}
  */
  readonly address?: string;
  /**
  * `vault`: How to log in. One of `token`, `approle`, `kubernetes`, `jwt`, `aws`. `token` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#auth_method SecretProvider#auth_method}
  */
  readonly authMethod?: string;
  /**
  * `azure-kv`: Where to log in; that of the key vault's cloud when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#authority_host SecretProvider#authority_host}
  */
  readonly authorityHost?: string;
  /**
  * `vault`, `aws-sm`, `azure-kv`, `gcp-sm`: Certificate authority of the server, in PEM, when the system's own do not know it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#ca_certificate SecretProvider#ca_certificate}
  */
  readonly caCertificate?: string;
  /**
  * `azure-kv`: Application (client) to log in as. Without one the server's own identity is used, which takes an admin.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#client_id SecretProvider#client_id}
  */
  readonly clientId?: string;
  /**
  * `azure-kv`: Secret of the application: its value, not its id.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#client_secret SecretProvider#client_secret}
  */
  readonly clientSecret?: string;
  /**
  * The same as `client_secret`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#client_secret_wo SecretProvider#client_secret_wo}
  */
  readonly clientSecretWo?: string;
  /**
  * `aws-sm`: Another endpoint than the region's own, such as that of a VPC. `gcp-sm`: Another endpoint than https://secretmanager.googleapis.com, such as a regional one.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#endpoint SecretProvider#endpoint}
  */
  readonly endpoint?: string;
  /**
  * `aws-sm`: External id that the role asks for.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#external_id SecretProvider#external_id}
  */
  readonly externalId?: string;
  /**
  * `vault`: Version of the KV engine, 1 or 2. Detected when left out, and taken as 2 when that is forbidden.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#kv_version SecretProvider#kv_version}
  */
  readonly kvVersion?: number;
  /**
  * `vault`: Where the metadata of managed secrets is listed and deleted, when it is not `path_prefix` with `data` replaced by `metadata`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#metadata_path_prefix SecretProvider#metadata_path_prefix}
  */
  readonly metadataPathPrefix?: string;
  /**
  * `vault`: Mount of the KV engine, such as `secret` or `teams/kv`. Detected from each path when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#mount SecretProvider#mount}
  */
  readonly mount?: string;
  /**
  * `vault`: Where the auth method is mounted; its own name (`kubernetes`, `jwt`, `aws`) when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#mount_point SecretProvider#mount_point}
  */
  readonly mountPoint?: string;
  /**
  * `vault`: Namespace of Vault Enterprise or OpenBao, such as `team-a/dev`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#namespace SecretProvider#namespace}
  */
  readonly namespace?: string;
  /**
  * `vault`: Where managed secrets are kept: under this prefix, `secret/data/agyn` when left out. `aws-sm`, `azure-kv`, `gcp-sm`: Where managed secrets are kept: under this prefix, `agyn` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#path_prefix SecretProvider#path_prefix}
  */
  readonly pathPrefix?: string;
  /**
  * `gcp-sm`: Id or number of the project.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#project_id SecretProvider#project_id}
  */
  readonly projectId?: string;
  /**
  * `vault`: Region that the login is signed for; `us-east-1` when left out. `aws-sm`: Region of the secrets, such as `eu-west-1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#region SecretProvider#region}
  */
  readonly region?: string;
  /**
  * `vault`: Role of the auth method, with a policy for the paths that secrets refer to.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#role SecretProvider#role}
  */
  readonly role?: string;
  /**
  * `aws-sm`: Role to assume before secrets are read.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#role_arn SecretProvider#role_arn}
  */
  readonly roleArn?: string;
  /**
  * `vault`: Role id of the AppRole.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#role_id SecretProvider#role_id}
  */
  readonly roleId?: string;
  /**
  * `aws-sm`: The secret that belongs to the access key id.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_access_key SecretProvider#secret_access_key}
  */
  readonly secretAccessKey?: string;
  /**
  * The same as `secret_access_key`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_access_key_wo SecretProvider#secret_access_key_wo}
  */
  readonly secretAccessKeyWo?: string;
  /**
  * `vault`: Secret id of the AppRole.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_id SecretProvider#secret_id}
  */
  readonly secretId?: string;
  /**
  * The same as `secret_id`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_id_wo SecretProvider#secret_id_wo}
  */
  readonly secretIdWo?: string;
  /**
  * `vault`: Value of the header `X-Vault-AWS-IAM-Server-ID`, when Vault's AWS method asks for it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#server_id SecretProvider#server_id}
  */
  readonly serverId?: string;
  /**
  * `gcp-sm`: Key file of a service account, or a configuration of workload identity federation, as JSON. Without one the server's own identity is used. Both federation and that take an admin.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#service_account_json SecretProvider#service_account_json}
  */
  readonly serviceAccountJson?: string;
  /**
  * The same as `service_account_json`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#service_account_json_wo SecretProvider#service_account_json_wo}
  */
  readonly serviceAccountJsonWo?: string;
  /**
  * `aws-sm`: Session token, when the access key is a temporary one.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#session_token SecretProvider#session_token}
  */
  readonly sessionToken?: string;
  /**
  * The same as `session_token`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#session_token_wo SecretProvider#session_token_wo}
  */
  readonly sessionTokenWo?: string;
  /**
  * `vault`: Where Vault asks AWS who signed the login; `https://sts.amazonaws.com` when left out. `aws-sm`: Where the role is assumed; the region's own endpoint when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#sts_endpoint SecretProvider#sts_endpoint}
  */
  readonly stsEndpoint?: string;
  /**
  * `azure-kv`: Directory (tenant) of the application.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#tenant_id SecretProvider#tenant_id}
  */
  readonly tenantId?: string;
  /**
  * `vault`: Token with read access to the paths that secrets refer to.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#token SecretProvider#token}
  */
  readonly token?: string;
  /**
  * `vault`: File on the server of the API with the JWT to log in with; one of those in AGYN_TOKEN_PATHS. `/var/run/secrets/kubernetes.io/serviceaccount/token` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#token_path SecretProvider#token_path}
  */
  readonly tokenPath?: string;
  /**
  * The same as `token`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#token_wo SecretProvider#token_wo}
  */
  readonly tokenWo?: string;
  /**
  * `azure-kv`: URL of the key vault, such as https://my-vault.vault.azure.net.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#vault_url SecretProvider#vault_url}
  */
  readonly vaultUrl?: string;
}

export function secretProviderConfigAToTerraform(struct?: SecretProviderConfigA | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_key_id: cdktf.stringToTerraform(struct!.accessKeyId),
    access_key_id_wo: cdktf.stringToTerraform(struct!.accessKeyIdWo),
    address: cdktf.stringToTerraform(struct!.address),
    auth_method: cdktf.stringToTerraform(struct!.authMethod),
    authority_host: cdktf.stringToTerraform(struct!.authorityHost),
    ca_certificate: cdktf.stringToTerraform(struct!.caCertificate),
    client_id: cdktf.stringToTerraform(struct!.clientId),
    client_secret: cdktf.stringToTerraform(struct!.clientSecret),
    client_secret_wo: cdktf.stringToTerraform(struct!.clientSecretWo),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    external_id: cdktf.stringToTerraform(struct!.externalId),
    kv_version: cdktf.numberToTerraform(struct!.kvVersion),
    metadata_path_prefix: cdktf.stringToTerraform(struct!.metadataPathPrefix),
    mount: cdktf.stringToTerraform(struct!.mount),
    mount_point: cdktf.stringToTerraform(struct!.mountPoint),
    namespace: cdktf.stringToTerraform(struct!.namespace),
    path_prefix: cdktf.stringToTerraform(struct!.pathPrefix),
    project_id: cdktf.stringToTerraform(struct!.projectId),
    region: cdktf.stringToTerraform(struct!.region),
    role: cdktf.stringToTerraform(struct!.role),
    role_arn: cdktf.stringToTerraform(struct!.roleArn),
    role_id: cdktf.stringToTerraform(struct!.roleId),
    secret_access_key: cdktf.stringToTerraform(struct!.secretAccessKey),
    secret_access_key_wo: cdktf.stringToTerraform(struct!.secretAccessKeyWo),
    secret_id: cdktf.stringToTerraform(struct!.secretId),
    secret_id_wo: cdktf.stringToTerraform(struct!.secretIdWo),
    server_id: cdktf.stringToTerraform(struct!.serverId),
    service_account_json: cdktf.stringToTerraform(struct!.serviceAccountJson),
    service_account_json_wo: cdktf.stringToTerraform(struct!.serviceAccountJsonWo),
    session_token: cdktf.stringToTerraform(struct!.sessionToken),
    session_token_wo: cdktf.stringToTerraform(struct!.sessionTokenWo),
    sts_endpoint: cdktf.stringToTerraform(struct!.stsEndpoint),
    tenant_id: cdktf.stringToTerraform(struct!.tenantId),
    token: cdktf.stringToTerraform(struct!.token),
    token_path: cdktf.stringToTerraform(struct!.tokenPath),
    token_wo: cdktf.stringToTerraform(struct!.tokenWo),
    vault_url: cdktf.stringToTerraform(struct!.vaultUrl),
  }
}


export function secretProviderConfigAToHclTerraform(struct?: SecretProviderConfigA | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    access_key_id: {
      value: cdktf.stringToHclTerraform(struct!.accessKeyId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    access_key_id_wo: {
      value: cdktf.stringToHclTerraform(struct!.accessKeyIdWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    address: {
      value: cdktf.stringToHclTerraform(struct!.address),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    auth_method: {
      value: cdktf.stringToHclTerraform(struct!.authMethod),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    authority_host: {
      value: cdktf.stringToHclTerraform(struct!.authorityHost),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    ca_certificate: {
      value: cdktf.stringToHclTerraform(struct!.caCertificate),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_id: {
      value: cdktf.stringToHclTerraform(struct!.clientId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_secret: {
      value: cdktf.stringToHclTerraform(struct!.clientSecret),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_secret_wo: {
      value: cdktf.stringToHclTerraform(struct!.clientSecretWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    external_id: {
      value: cdktf.stringToHclTerraform(struct!.externalId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    kv_version: {
      value: cdktf.numberToHclTerraform(struct!.kvVersion),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    metadata_path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.metadataPathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    mount: {
      value: cdktf.stringToHclTerraform(struct!.mount),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    mount_point: {
      value: cdktf.stringToHclTerraform(struct!.mountPoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    namespace: {
      value: cdktf.stringToHclTerraform(struct!.namespace),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.pathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    project_id: {
      value: cdktf.stringToHclTerraform(struct!.projectId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    region: {
      value: cdktf.stringToHclTerraform(struct!.region),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    role: {
      value: cdktf.stringToHclTerraform(struct!.role),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    role_arn: {
      value: cdktf.stringToHclTerraform(struct!.roleArn),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    role_id: {
      value: cdktf.stringToHclTerraform(struct!.roleId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_access_key: {
      value: cdktf.stringToHclTerraform(struct!.secretAccessKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_access_key_wo: {
      value: cdktf.stringToHclTerraform(struct!.secretAccessKeyWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_id: {
      value: cdktf.stringToHclTerraform(struct!.secretId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_id_wo: {
      value: cdktf.stringToHclTerraform(struct!.secretIdWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    server_id: {
      value: cdktf.stringToHclTerraform(struct!.serverId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    service_account_json: {
      value: cdktf.stringToHclTerraform(struct!.serviceAccountJson),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    service_account_json_wo: {
      value: cdktf.stringToHclTerraform(struct!.serviceAccountJsonWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    session_token: {
      value: cdktf.stringToHclTerraform(struct!.sessionToken),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    session_token_wo: {
      value: cdktf.stringToHclTerraform(struct!.sessionTokenWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    sts_endpoint: {
      value: cdktf.stringToHclTerraform(struct!.stsEndpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    tenant_id: {
      value: cdktf.stringToHclTerraform(struct!.tenantId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token_path: {
      value: cdktf.stringToHclTerraform(struct!.tokenPath),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token_wo: {
      value: cdktf.stringToHclTerraform(struct!.tokenWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    vault_url: {
      value: cdktf.stringToHclTerraform(struct!.vaultUrl),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class SecretProviderConfigAOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): SecretProviderConfigA | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._accessKeyId !== undefined) {
      hasAnyValues = true;
      internalValueResult.accessKeyId = this._accessKeyId;
    }
    if (this._accessKeyIdWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.accessKeyIdWo = this._accessKeyIdWo;
    }
    if (this._address !== undefined) {
      hasAnyValues = true;
      internalValueResult.address = this._address;
    }
    if (this._authMethod !== undefined) {
      hasAnyValues = true;
      internalValueResult.authMethod = this._authMethod;
    }
    if (this._authorityHost !== undefined) {
      hasAnyValues = true;
      internalValueResult.authorityHost = this._authorityHost;
    }
    if (this._caCertificate !== undefined) {
      hasAnyValues = true;
      internalValueResult.caCertificate = this._caCertificate;
    }
    if (this._clientId !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientId = this._clientId;
    }
    if (this._clientSecret !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientSecret = this._clientSecret;
    }
    if (this._clientSecretWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientSecretWo = this._clientSecretWo;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._externalId !== undefined) {
      hasAnyValues = true;
      internalValueResult.externalId = this._externalId;
    }
    if (this._kvVersion !== undefined) {
      hasAnyValues = true;
      internalValueResult.kvVersion = this._kvVersion;
    }
    if (this._metadataPathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.metadataPathPrefix = this._metadataPathPrefix;
    }
    if (this._mount !== undefined) {
      hasAnyValues = true;
      internalValueResult.mount = this._mount;
    }
    if (this._mountPoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.mountPoint = this._mountPoint;
    }
    if (this._namespace !== undefined) {
      hasAnyValues = true;
      internalValueResult.namespace = this._namespace;
    }
    if (this._pathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.pathPrefix = this._pathPrefix;
    }
    if (this._projectId !== undefined) {
      hasAnyValues = true;
      internalValueResult.projectId = this._projectId;
    }
    if (this._region !== undefined) {
      hasAnyValues = true;
      internalValueResult.region = this._region;
    }
    if (this._role !== undefined) {
      hasAnyValues = true;
      internalValueResult.role = this._role;
    }
    if (this._roleArn !== undefined) {
      hasAnyValues = true;
      internalValueResult.roleArn = this._roleArn;
    }
    if (this._roleId !== undefined) {
      hasAnyValues = true;
      internalValueResult.roleId = this._roleId;
    }
    if (this._secretAccessKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretAccessKey = this._secretAccessKey;
    }
    if (this._secretAccessKeyWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretAccessKeyWo = this._secretAccessKeyWo;
    }
    if (this._secretId !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretId = this._secretId;
    }
    if (this._secretIdWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretIdWo = this._secretIdWo;
    }
    if (this._serverId !== undefined) {
      hasAnyValues = true;
      internalValueResult.serverId = this._serverId;
    }
    if (this._serviceAccountJson !== undefined) {
      hasAnyValues = true;
      internalValueResult.serviceAccountJson = this._serviceAccountJson;
    }
    if (this._serviceAccountJsonWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.serviceAccountJsonWo = this._serviceAccountJsonWo;
    }
    if (this._sessionToken !== undefined) {
      hasAnyValues = true;
      internalValueResult.sessionToken = this._sessionToken;
    }
    if (this._sessionTokenWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.sessionTokenWo = this._sessionTokenWo;
    }
    if (this._stsEndpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.stsEndpoint = this._stsEndpoint;
    }
    if (this._tenantId !== undefined) {
      hasAnyValues = true;
      internalValueResult.tenantId = this._tenantId;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    if (this._tokenPath !== undefined) {
      hasAnyValues = true;
      internalValueResult.tokenPath = this._tokenPath;
    }
    if (this._tokenWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.tokenWo = this._tokenWo;
    }
    if (this._vaultUrl !== undefined) {
      hasAnyValues = true;
      internalValueResult.vaultUrl = this._vaultUrl;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: SecretProviderConfigA | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._accessKeyId = undefined;
      this._accessKeyIdWo = undefined;
      this._address = undefined;
      this._authMethod = undefined;
      this._authorityHost = undefined;
      this._caCertificate = undefined;
      this._clientId = undefined;
      this._clientSecret = undefined;
      this._clientSecretWo = undefined;
      this._endpoint = undefined;
      this._externalId = undefined;
      this._kvVersion = undefined;
      this._metadataPathPrefix = undefined;
      this._mount = undefined;
      this._mountPoint = undefined;
      this._namespace = undefined;
      this._pathPrefix = undefined;
      this._projectId = undefined;
      this._region = undefined;
      this._role = undefined;
      this._roleArn = undefined;
      this._roleId = undefined;
      this._secretAccessKey = undefined;
      this._secretAccessKeyWo = undefined;
      this._secretId = undefined;
      this._secretIdWo = undefined;
      this._serverId = undefined;
      this._serviceAccountJson = undefined;
      this._serviceAccountJsonWo = undefined;
      this._sessionToken = undefined;
      this._sessionTokenWo = undefined;
      this._stsEndpoint = undefined;
      this._tenantId = undefined;
      this._token = undefined;
      this._tokenPath = undefined;
      this._tokenWo = undefined;
      this._vaultUrl = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._accessKeyId = value.accessKeyId;
      this._accessKeyIdWo = value.accessKeyIdWo;
      this._address = value.address;
      this._authMethod = value.authMethod;
      this._authorityHost = value.authorityHost;
      this._caCertificate = value.caCertificate;
      this._clientId = value.clientId;
      this._clientSecret = value.clientSecret;
      this._clientSecretWo = value.clientSecretWo;
      this._endpoint = value.endpoint;
      this._externalId = value.externalId;
      this._kvVersion = value.kvVersion;
      this._metadataPathPrefix = value.metadataPathPrefix;
      this._mount = value.mount;
      this._mountPoint = value.mountPoint;
      this._namespace = value.namespace;
      this._pathPrefix = value.pathPrefix;
      this._projectId = value.projectId;
      this._region = value.region;
      this._role = value.role;
      this._roleArn = value.roleArn;
      this._roleId = value.roleId;
      this._secretAccessKey = value.secretAccessKey;
      this._secretAccessKeyWo = value.secretAccessKeyWo;
      this._secretId = value.secretId;
      this._secretIdWo = value.secretIdWo;
      this._serverId = value.serverId;
      this._serviceAccountJson = value.serviceAccountJson;
      this._serviceAccountJsonWo = value.serviceAccountJsonWo;
      this._sessionToken = value.sessionToken;
      this._sessionTokenWo = value.sessionTokenWo;
      this._stsEndpoint = value.stsEndpoint;
      this._tenantId = value.tenantId;
      this._token = value.token;
      this._tokenPath = value.tokenPath;
      this._tokenWo = value.tokenWo;
      this._vaultUrl = value.vaultUrl;
    }
  }

  // access_key_id - computed: false, optional: true, required: false
  private _accessKeyId?: string; 
  public get accessKeyId() {
    return this.getStringAttribute('access_key_id');
  }
  public set accessKeyId(value: string) {
    this._accessKeyId = value;
  }
  public resetAccessKeyId() {
    this._accessKeyId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessKeyIdInput() {
    return this._accessKeyId;
  }

  // access_key_id_wo - computed: false, optional: true, required: false
  private _accessKeyIdWo?: string; 
  public get accessKeyIdWo() {
    return this.getStringAttribute('access_key_id_wo');
  }
  public set accessKeyIdWo(value: string) {
    this._accessKeyIdWo = value;
  }
  public resetAccessKeyIdWo() {
    this._accessKeyIdWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessKeyIdWoInput() {
    return this._accessKeyIdWo;
  }

  // address - computed: false, optional: true, required: false
  private _address?: string; 
  public get address() {
    return this.getStringAttribute('address');
  }
  public set address(value: string) {
    this._address = value;
  }
  public resetAddress() {
    this._address = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addressInput() {
    return this._address;
  }

  // auth_method - computed: false, optional: true, required: false
  private _authMethod?: string; 
  public get authMethod() {
    return this.getStringAttribute('auth_method');
  }
  public set authMethod(value: string) {
    this._authMethod = value;
  }
  public resetAuthMethod() {
    this._authMethod = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get authMethodInput() {
    return this._authMethod;
  }

  // authority_host - computed: false, optional: true, required: false
  private _authorityHost?: string; 
  public get authorityHost() {
    return this.getStringAttribute('authority_host');
  }
  public set authorityHost(value: string) {
    this._authorityHost = value;
  }
  public resetAuthorityHost() {
    this._authorityHost = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get authorityHostInput() {
    return this._authorityHost;
  }

  // ca_certificate - computed: false, optional: true, required: false
  private _caCertificate?: string; 
  public get caCertificate() {
    return this.getStringAttribute('ca_certificate');
  }
  public set caCertificate(value: string) {
    this._caCertificate = value;
  }
  public resetCaCertificate() {
    this._caCertificate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caCertificateInput() {
    return this._caCertificate;
  }

  // client_id - computed: false, optional: true, required: false
  private _clientId?: string; 
  public get clientId() {
    return this.getStringAttribute('client_id');
  }
  public set clientId(value: string) {
    this._clientId = value;
  }
  public resetClientId() {
    this._clientId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientIdInput() {
    return this._clientId;
  }

  // client_secret - computed: false, optional: true, required: false
  private _clientSecret?: string; 
  public get clientSecret() {
    return this.getStringAttribute('client_secret');
  }
  public set clientSecret(value: string) {
    this._clientSecret = value;
  }
  public resetClientSecret() {
    this._clientSecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientSecretInput() {
    return this._clientSecret;
  }

  // client_secret_wo - computed: false, optional: true, required: false
  private _clientSecretWo?: string; 
  public get clientSecretWo() {
    return this.getStringAttribute('client_secret_wo');
  }
  public set clientSecretWo(value: string) {
    this._clientSecretWo = value;
  }
  public resetClientSecretWo() {
    this._clientSecretWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientSecretWoInput() {
    return this._clientSecretWo;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // external_id - computed: false, optional: true, required: false
  private _externalId?: string; 
  public get externalId() {
    return this.getStringAttribute('external_id');
  }
  public set externalId(value: string) {
    this._externalId = value;
  }
  public resetExternalId() {
    this._externalId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get externalIdInput() {
    return this._externalId;
  }

  // kv_version - computed: false, optional: true, required: false
  private _kvVersion?: number; 
  public get kvVersion() {
    return this.getNumberAttribute('kv_version');
  }
  public set kvVersion(value: number) {
    this._kvVersion = value;
  }
  public resetKvVersion() {
    this._kvVersion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get kvVersionInput() {
    return this._kvVersion;
  }

  // metadata_path_prefix - computed: false, optional: true, required: false
  private _metadataPathPrefix?: string; 
  public get metadataPathPrefix() {
    return this.getStringAttribute('metadata_path_prefix');
  }
  public set metadataPathPrefix(value: string) {
    this._metadataPathPrefix = value;
  }
  public resetMetadataPathPrefix() {
    this._metadataPathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get metadataPathPrefixInput() {
    return this._metadataPathPrefix;
  }

  // mount - computed: false, optional: true, required: false
  private _mount?: string; 
  public get mount() {
    return this.getStringAttribute('mount');
  }
  public set mount(value: string) {
    this._mount = value;
  }
  public resetMount() {
    this._mount = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mountInput() {
    return this._mount;
  }

  // mount_point - computed: false, optional: true, required: false
  private _mountPoint?: string; 
  public get mountPoint() {
    return this.getStringAttribute('mount_point');
  }
  public set mountPoint(value: string) {
    this._mountPoint = value;
  }
  public resetMountPoint() {
    this._mountPoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mountPointInput() {
    return this._mountPoint;
  }

  // namespace - computed: false, optional: true, required: false
  private _namespace?: string; 
  public get namespace() {
    return this.getStringAttribute('namespace');
  }
  public set namespace(value: string) {
    this._namespace = value;
  }
  public resetNamespace() {
    this._namespace = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get namespaceInput() {
    return this._namespace;
  }

  // path_prefix - computed: false, optional: true, required: false
  private _pathPrefix?: string; 
  public get pathPrefix() {
    return this.getStringAttribute('path_prefix');
  }
  public set pathPrefix(value: string) {
    this._pathPrefix = value;
  }
  public resetPathPrefix() {
    this._pathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pathPrefixInput() {
    return this._pathPrefix;
  }

  // project_id - computed: false, optional: true, required: false
  private _projectId?: string; 
  public get projectId() {
    return this.getStringAttribute('project_id');
  }
  public set projectId(value: string) {
    this._projectId = value;
  }
  public resetProjectId() {
    this._projectId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get projectIdInput() {
    return this._projectId;
  }

  // region - computed: false, optional: true, required: false
  private _region?: string; 
  public get region() {
    return this.getStringAttribute('region');
  }
  public set region(value: string) {
    this._region = value;
  }
  public resetRegion() {
    this._region = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get regionInput() {
    return this._region;
  }

  // role - computed: false, optional: true, required: false
  private _role?: string; 
  public get role() {
    return this.getStringAttribute('role');
  }
  public set role(value: string) {
    this._role = value;
  }
  public resetRole() {
    this._role = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleInput() {
    return this._role;
  }

  // role_arn - computed: false, optional: true, required: false
  private _roleArn?: string; 
  public get roleArn() {
    return this.getStringAttribute('role_arn');
  }
  public set roleArn(value: string) {
    this._roleArn = value;
  }
  public resetRoleArn() {
    this._roleArn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleArnInput() {
    return this._roleArn;
  }

  // role_id - computed: false, optional: true, required: false
  private _roleId?: string; 
  public get roleId() {
    return this.getStringAttribute('role_id');
  }
  public set roleId(value: string) {
    this._roleId = value;
  }
  public resetRoleId() {
    this._roleId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleIdInput() {
    return this._roleId;
  }

  // secret_access_key - computed: false, optional: true, required: false
  private _secretAccessKey?: string; 
  public get secretAccessKey() {
    return this.getStringAttribute('secret_access_key');
  }
  public set secretAccessKey(value: string) {
    this._secretAccessKey = value;
  }
  public resetSecretAccessKey() {
    this._secretAccessKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretAccessKeyInput() {
    return this._secretAccessKey;
  }

  // secret_access_key_wo - computed: false, optional: true, required: false
  private _secretAccessKeyWo?: string; 
  public get secretAccessKeyWo() {
    return this.getStringAttribute('secret_access_key_wo');
  }
  public set secretAccessKeyWo(value: string) {
    this._secretAccessKeyWo = value;
  }
  public resetSecretAccessKeyWo() {
    this._secretAccessKeyWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretAccessKeyWoInput() {
    return this._secretAccessKeyWo;
  }

  // secret_id - computed: false, optional: true, required: false
  private _secretId?: string; 
  public get secretId() {
    return this.getStringAttribute('secret_id');
  }
  public set secretId(value: string) {
    this._secretId = value;
  }
  public resetSecretId() {
    this._secretId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretIdInput() {
    return this._secretId;
  }

  // secret_id_wo - computed: false, optional: true, required: false
  private _secretIdWo?: string; 
  public get secretIdWo() {
    return this.getStringAttribute('secret_id_wo');
  }
  public set secretIdWo(value: string) {
    this._secretIdWo = value;
  }
  public resetSecretIdWo() {
    this._secretIdWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretIdWoInput() {
    return this._secretIdWo;
  }

  // server_id - computed: false, optional: true, required: false
  private _serverId?: string; 
  public get serverId() {
    return this.getStringAttribute('server_id');
  }
  public set serverId(value: string) {
    this._serverId = value;
  }
  public resetServerId() {
    this._serverId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serverIdInput() {
    return this._serverId;
  }

  // service_account_json - computed: false, optional: true, required: false
  private _serviceAccountJson?: string; 
  public get serviceAccountJson() {
    return this.getStringAttribute('service_account_json');
  }
  public set serviceAccountJson(value: string) {
    this._serviceAccountJson = value;
  }
  public resetServiceAccountJson() {
    this._serviceAccountJson = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serviceAccountJsonInput() {
    return this._serviceAccountJson;
  }

  // service_account_json_wo - computed: false, optional: true, required: false
  private _serviceAccountJsonWo?: string; 
  public get serviceAccountJsonWo() {
    return this.getStringAttribute('service_account_json_wo');
  }
  public set serviceAccountJsonWo(value: string) {
    this._serviceAccountJsonWo = value;
  }
  public resetServiceAccountJsonWo() {
    this._serviceAccountJsonWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serviceAccountJsonWoInput() {
    return this._serviceAccountJsonWo;
  }

  // session_token - computed: false, optional: true, required: false
  private _sessionToken?: string; 
  public get sessionToken() {
    return this.getStringAttribute('session_token');
  }
  public set sessionToken(value: string) {
    this._sessionToken = value;
  }
  public resetSessionToken() {
    this._sessionToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sessionTokenInput() {
    return this._sessionToken;
  }

  // session_token_wo - computed: false, optional: true, required: false
  private _sessionTokenWo?: string; 
  public get sessionTokenWo() {
    return this.getStringAttribute('session_token_wo');
  }
  public set sessionTokenWo(value: string) {
    this._sessionTokenWo = value;
  }
  public resetSessionTokenWo() {
    this._sessionTokenWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sessionTokenWoInput() {
    return this._sessionTokenWo;
  }

  // sts_endpoint - computed: false, optional: true, required: false
  private _stsEndpoint?: string; 
  public get stsEndpoint() {
    return this.getStringAttribute('sts_endpoint');
  }
  public set stsEndpoint(value: string) {
    this._stsEndpoint = value;
  }
  public resetStsEndpoint() {
    this._stsEndpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get stsEndpointInput() {
    return this._stsEndpoint;
  }

  // tenant_id - computed: false, optional: true, required: false
  private _tenantId?: string; 
  public get tenantId() {
    return this.getStringAttribute('tenant_id');
  }
  public set tenantId(value: string) {
    this._tenantId = value;
  }
  public resetTenantId() {
    this._tenantId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tenantIdInput() {
    return this._tenantId;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }

  // token_path - computed: false, optional: true, required: false
  private _tokenPath?: string; 
  public get tokenPath() {
    return this.getStringAttribute('token_path');
  }
  public set tokenPath(value: string) {
    this._tokenPath = value;
  }
  public resetTokenPath() {
    this._tokenPath = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenPathInput() {
    return this._tokenPath;
  }

  // token_wo - computed: false, optional: true, required: false
  private _tokenWo?: string; 
  public get tokenWo() {
    return this.getStringAttribute('token_wo');
  }
  public set tokenWo(value: string) {
    this._tokenWo = value;
  }
  public resetTokenWo() {
    this._tokenWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenWoInput() {
    return this._tokenWo;
  }

  // vault_url - computed: false, optional: true, required: false
  private _vaultUrl?: string; 
  public get vaultUrl() {
    return this.getStringAttribute('vault_url');
  }
  public set vaultUrl(value: string) {
    this._vaultUrl = value;
  }
  public resetVaultUrl() {
    this._vaultUrl = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get vaultUrlInput() {
    return this._vaultUrl;
  }
}
export interface SecretProviderAwsSm {
  /**
  * Access key id. Without one the server's own AWS identity is used, which takes an admin.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#access_key_id SecretProvider#access_key_id}
  */
  readonly accessKeyId?: string;
  /**
  * The same as `access_key_id`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#access_key_id_wo SecretProvider#access_key_id_wo}
  */
  readonly accessKeyIdWo?: string;
  /**
  * Certificate authority of the server, in PEM, when the system's own do not know it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#ca_certificate SecretProvider#ca_certificate}
  */
  readonly caCertificate?: string;
  /**
  * Another endpoint than the region's own, such as that of a VPC.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#endpoint SecretProvider#endpoint}
  */
  readonly endpoint?: string;
  /**
  * External id that the role asks for.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#external_id SecretProvider#external_id}
  */
  readonly externalId?: string;
  /**
  * Where managed secrets are kept: under this prefix, `agyn` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#path_prefix SecretProvider#path_prefix}
  */
  readonly pathPrefix?: string;
  /**
  * Region of the secrets, such as `eu-west-1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#region SecretProvider#region}
  */
  readonly region: string;
  /**
  * Role to assume before secrets are read.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#role_arn SecretProvider#role_arn}
  */
  readonly roleArn?: string;
  /**
  * The secret that belongs to the access key id.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_access_key SecretProvider#secret_access_key}
  */
  readonly secretAccessKey?: string;
  /**
  * The same as `secret_access_key`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_access_key_wo SecretProvider#secret_access_key_wo}
  */
  readonly secretAccessKeyWo?: string;
  /**
  * Session token, when the access key is a temporary one.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#session_token SecretProvider#session_token}
  */
  readonly sessionToken?: string;
  /**
  * The same as `session_token`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#session_token_wo SecretProvider#session_token_wo}
  */
  readonly sessionTokenWo?: string;
  /**
  * Where the role is assumed; the region's own endpoint when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#sts_endpoint SecretProvider#sts_endpoint}
  */
  readonly stsEndpoint?: string;
}

export function secretProviderAwsSmToTerraform(struct?: SecretProviderAwsSm | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_key_id: cdktf.stringToTerraform(struct!.accessKeyId),
    access_key_id_wo: cdktf.stringToTerraform(struct!.accessKeyIdWo),
    ca_certificate: cdktf.stringToTerraform(struct!.caCertificate),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    external_id: cdktf.stringToTerraform(struct!.externalId),
    path_prefix: cdktf.stringToTerraform(struct!.pathPrefix),
    region: cdktf.stringToTerraform(struct!.region),
    role_arn: cdktf.stringToTerraform(struct!.roleArn),
    secret_access_key: cdktf.stringToTerraform(struct!.secretAccessKey),
    secret_access_key_wo: cdktf.stringToTerraform(struct!.secretAccessKeyWo),
    session_token: cdktf.stringToTerraform(struct!.sessionToken),
    session_token_wo: cdktf.stringToTerraform(struct!.sessionTokenWo),
    sts_endpoint: cdktf.stringToTerraform(struct!.stsEndpoint),
  }
}


export function secretProviderAwsSmToHclTerraform(struct?: SecretProviderAwsSm | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    access_key_id: {
      value: cdktf.stringToHclTerraform(struct!.accessKeyId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    access_key_id_wo: {
      value: cdktf.stringToHclTerraform(struct!.accessKeyIdWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    ca_certificate: {
      value: cdktf.stringToHclTerraform(struct!.caCertificate),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    external_id: {
      value: cdktf.stringToHclTerraform(struct!.externalId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.pathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    region: {
      value: cdktf.stringToHclTerraform(struct!.region),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    role_arn: {
      value: cdktf.stringToHclTerraform(struct!.roleArn),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_access_key: {
      value: cdktf.stringToHclTerraform(struct!.secretAccessKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_access_key_wo: {
      value: cdktf.stringToHclTerraform(struct!.secretAccessKeyWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    session_token: {
      value: cdktf.stringToHclTerraform(struct!.sessionToken),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    session_token_wo: {
      value: cdktf.stringToHclTerraform(struct!.sessionTokenWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    sts_endpoint: {
      value: cdktf.stringToHclTerraform(struct!.stsEndpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class SecretProviderAwsSmOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): SecretProviderAwsSm | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._accessKeyId !== undefined) {
      hasAnyValues = true;
      internalValueResult.accessKeyId = this._accessKeyId;
    }
    if (this._accessKeyIdWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.accessKeyIdWo = this._accessKeyIdWo;
    }
    if (this._caCertificate !== undefined) {
      hasAnyValues = true;
      internalValueResult.caCertificate = this._caCertificate;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._externalId !== undefined) {
      hasAnyValues = true;
      internalValueResult.externalId = this._externalId;
    }
    if (this._pathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.pathPrefix = this._pathPrefix;
    }
    if (this._region !== undefined) {
      hasAnyValues = true;
      internalValueResult.region = this._region;
    }
    if (this._roleArn !== undefined) {
      hasAnyValues = true;
      internalValueResult.roleArn = this._roleArn;
    }
    if (this._secretAccessKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretAccessKey = this._secretAccessKey;
    }
    if (this._secretAccessKeyWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretAccessKeyWo = this._secretAccessKeyWo;
    }
    if (this._sessionToken !== undefined) {
      hasAnyValues = true;
      internalValueResult.sessionToken = this._sessionToken;
    }
    if (this._sessionTokenWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.sessionTokenWo = this._sessionTokenWo;
    }
    if (this._stsEndpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.stsEndpoint = this._stsEndpoint;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: SecretProviderAwsSm | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._accessKeyId = undefined;
      this._accessKeyIdWo = undefined;
      this._caCertificate = undefined;
      this._endpoint = undefined;
      this._externalId = undefined;
      this._pathPrefix = undefined;
      this._region = undefined;
      this._roleArn = undefined;
      this._secretAccessKey = undefined;
      this._secretAccessKeyWo = undefined;
      this._sessionToken = undefined;
      this._sessionTokenWo = undefined;
      this._stsEndpoint = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._accessKeyId = value.accessKeyId;
      this._accessKeyIdWo = value.accessKeyIdWo;
      this._caCertificate = value.caCertificate;
      this._endpoint = value.endpoint;
      this._externalId = value.externalId;
      this._pathPrefix = value.pathPrefix;
      this._region = value.region;
      this._roleArn = value.roleArn;
      this._secretAccessKey = value.secretAccessKey;
      this._secretAccessKeyWo = value.secretAccessKeyWo;
      this._sessionToken = value.sessionToken;
      this._sessionTokenWo = value.sessionTokenWo;
      this._stsEndpoint = value.stsEndpoint;
    }
  }

  // access_key_id - computed: false, optional: true, required: false
  private _accessKeyId?: string; 
  public get accessKeyId() {
    return this.getStringAttribute('access_key_id');
  }
  public set accessKeyId(value: string) {
    this._accessKeyId = value;
  }
  public resetAccessKeyId() {
    this._accessKeyId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessKeyIdInput() {
    return this._accessKeyId;
  }

  // access_key_id_wo - computed: false, optional: true, required: false
  private _accessKeyIdWo?: string; 
  public get accessKeyIdWo() {
    return this.getStringAttribute('access_key_id_wo');
  }
  public set accessKeyIdWo(value: string) {
    this._accessKeyIdWo = value;
  }
  public resetAccessKeyIdWo() {
    this._accessKeyIdWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessKeyIdWoInput() {
    return this._accessKeyIdWo;
  }

  // ca_certificate - computed: false, optional: true, required: false
  private _caCertificate?: string; 
  public get caCertificate() {
    return this.getStringAttribute('ca_certificate');
  }
  public set caCertificate(value: string) {
    this._caCertificate = value;
  }
  public resetCaCertificate() {
    this._caCertificate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caCertificateInput() {
    return this._caCertificate;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // external_id - computed: false, optional: true, required: false
  private _externalId?: string; 
  public get externalId() {
    return this.getStringAttribute('external_id');
  }
  public set externalId(value: string) {
    this._externalId = value;
  }
  public resetExternalId() {
    this._externalId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get externalIdInput() {
    return this._externalId;
  }

  // path_prefix - computed: false, optional: true, required: false
  private _pathPrefix?: string; 
  public get pathPrefix() {
    return this.getStringAttribute('path_prefix');
  }
  public set pathPrefix(value: string) {
    this._pathPrefix = value;
  }
  public resetPathPrefix() {
    this._pathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pathPrefixInput() {
    return this._pathPrefix;
  }

  // region - computed: false, optional: false, required: true
  private _region?: string; 
  public get region() {
    return this.getStringAttribute('region');
  }
  public set region(value: string) {
    this._region = value;
  }
  // Temporarily expose input value. Use with caution.
  public get regionInput() {
    return this._region;
  }

  // role_arn - computed: false, optional: true, required: false
  private _roleArn?: string; 
  public get roleArn() {
    return this.getStringAttribute('role_arn');
  }
  public set roleArn(value: string) {
    this._roleArn = value;
  }
  public resetRoleArn() {
    this._roleArn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleArnInput() {
    return this._roleArn;
  }

  // secret_access_key - computed: false, optional: true, required: false
  private _secretAccessKey?: string; 
  public get secretAccessKey() {
    return this.getStringAttribute('secret_access_key');
  }
  public set secretAccessKey(value: string) {
    this._secretAccessKey = value;
  }
  public resetSecretAccessKey() {
    this._secretAccessKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretAccessKeyInput() {
    return this._secretAccessKey;
  }

  // secret_access_key_wo - computed: false, optional: true, required: false
  private _secretAccessKeyWo?: string; 
  public get secretAccessKeyWo() {
    return this.getStringAttribute('secret_access_key_wo');
  }
  public set secretAccessKeyWo(value: string) {
    this._secretAccessKeyWo = value;
  }
  public resetSecretAccessKeyWo() {
    this._secretAccessKeyWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretAccessKeyWoInput() {
    return this._secretAccessKeyWo;
  }

  // session_token - computed: false, optional: true, required: false
  private _sessionToken?: string; 
  public get sessionToken() {
    return this.getStringAttribute('session_token');
  }
  public set sessionToken(value: string) {
    this._sessionToken = value;
  }
  public resetSessionToken() {
    this._sessionToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sessionTokenInput() {
    return this._sessionToken;
  }

  // session_token_wo - computed: false, optional: true, required: false
  private _sessionTokenWo?: string; 
  public get sessionTokenWo() {
    return this.getStringAttribute('session_token_wo');
  }
  public set sessionTokenWo(value: string) {
    this._sessionTokenWo = value;
  }
  public resetSessionTokenWo() {
    this._sessionTokenWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sessionTokenWoInput() {
    return this._sessionTokenWo;
  }

  // sts_endpoint - computed: false, optional: true, required: false
  private _stsEndpoint?: string; 
  public get stsEndpoint() {
    return this.getStringAttribute('sts_endpoint');
  }
  public set stsEndpoint(value: string) {
    this._stsEndpoint = value;
  }
  public resetStsEndpoint() {
    this._stsEndpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get stsEndpointInput() {
    return this._stsEndpoint;
  }
}
export interface SecretProviderAzureKv {
  /**
  * Where to log in; that of the key vault's cloud when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#authority_host SecretProvider#authority_host}
  */
  readonly authorityHost?: string;
  /**
  * Certificate authority of the server, in PEM, when the system's own do not know it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#ca_certificate SecretProvider#ca_certificate}
  */
  readonly caCertificate?: string;
  /**
  * Application (client) to log in as. Without one the server's own identity is used, which takes an admin.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#client_id SecretProvider#client_id}
  */
  readonly clientId?: string;
  /**
  * Secret of the application: its value, not its id.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#client_secret SecretProvider#client_secret}
  */
  readonly clientSecret?: string;
  /**
  * The same as `client_secret`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#client_secret_wo SecretProvider#client_secret_wo}
  */
  readonly clientSecretWo?: string;
  /**
  * Where managed secrets are kept: under this prefix, `agyn` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#path_prefix SecretProvider#path_prefix}
  */
  readonly pathPrefix?: string;
  /**
  * Directory (tenant) of the application.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#tenant_id SecretProvider#tenant_id}
  */
  readonly tenantId?: string;
  /**
  * URL of the key vault, such as https://my-vault.vault.azure.net.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#vault_url SecretProvider#vault_url}
  */
  readonly vaultUrl: string;
}

export function secretProviderAzureKvToTerraform(struct?: SecretProviderAzureKv | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    authority_host: cdktf.stringToTerraform(struct!.authorityHost),
    ca_certificate: cdktf.stringToTerraform(struct!.caCertificate),
    client_id: cdktf.stringToTerraform(struct!.clientId),
    client_secret: cdktf.stringToTerraform(struct!.clientSecret),
    client_secret_wo: cdktf.stringToTerraform(struct!.clientSecretWo),
    path_prefix: cdktf.stringToTerraform(struct!.pathPrefix),
    tenant_id: cdktf.stringToTerraform(struct!.tenantId),
    vault_url: cdktf.stringToTerraform(struct!.vaultUrl),
  }
}


export function secretProviderAzureKvToHclTerraform(struct?: SecretProviderAzureKv | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    authority_host: {
      value: cdktf.stringToHclTerraform(struct!.authorityHost),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    ca_certificate: {
      value: cdktf.stringToHclTerraform(struct!.caCertificate),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_id: {
      value: cdktf.stringToHclTerraform(struct!.clientId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_secret: {
      value: cdktf.stringToHclTerraform(struct!.clientSecret),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_secret_wo: {
      value: cdktf.stringToHclTerraform(struct!.clientSecretWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.pathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    tenant_id: {
      value: cdktf.stringToHclTerraform(struct!.tenantId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    vault_url: {
      value: cdktf.stringToHclTerraform(struct!.vaultUrl),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class SecretProviderAzureKvOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): SecretProviderAzureKv | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._authorityHost !== undefined) {
      hasAnyValues = true;
      internalValueResult.authorityHost = this._authorityHost;
    }
    if (this._caCertificate !== undefined) {
      hasAnyValues = true;
      internalValueResult.caCertificate = this._caCertificate;
    }
    if (this._clientId !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientId = this._clientId;
    }
    if (this._clientSecret !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientSecret = this._clientSecret;
    }
    if (this._clientSecretWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientSecretWo = this._clientSecretWo;
    }
    if (this._pathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.pathPrefix = this._pathPrefix;
    }
    if (this._tenantId !== undefined) {
      hasAnyValues = true;
      internalValueResult.tenantId = this._tenantId;
    }
    if (this._vaultUrl !== undefined) {
      hasAnyValues = true;
      internalValueResult.vaultUrl = this._vaultUrl;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: SecretProviderAzureKv | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._authorityHost = undefined;
      this._caCertificate = undefined;
      this._clientId = undefined;
      this._clientSecret = undefined;
      this._clientSecretWo = undefined;
      this._pathPrefix = undefined;
      this._tenantId = undefined;
      this._vaultUrl = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._authorityHost = value.authorityHost;
      this._caCertificate = value.caCertificate;
      this._clientId = value.clientId;
      this._clientSecret = value.clientSecret;
      this._clientSecretWo = value.clientSecretWo;
      this._pathPrefix = value.pathPrefix;
      this._tenantId = value.tenantId;
      this._vaultUrl = value.vaultUrl;
    }
  }

  // authority_host - computed: false, optional: true, required: false
  private _authorityHost?: string; 
  public get authorityHost() {
    return this.getStringAttribute('authority_host');
  }
  public set authorityHost(value: string) {
    this._authorityHost = value;
  }
  public resetAuthorityHost() {
    this._authorityHost = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get authorityHostInput() {
    return this._authorityHost;
  }

  // ca_certificate - computed: false, optional: true, required: false
  private _caCertificate?: string; 
  public get caCertificate() {
    return this.getStringAttribute('ca_certificate');
  }
  public set caCertificate(value: string) {
    this._caCertificate = value;
  }
  public resetCaCertificate() {
    this._caCertificate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caCertificateInput() {
    return this._caCertificate;
  }

  // client_id - computed: false, optional: true, required: false
  private _clientId?: string; 
  public get clientId() {
    return this.getStringAttribute('client_id');
  }
  public set clientId(value: string) {
    this._clientId = value;
  }
  public resetClientId() {
    this._clientId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientIdInput() {
    return this._clientId;
  }

  // client_secret - computed: false, optional: true, required: false
  private _clientSecret?: string; 
  public get clientSecret() {
    return this.getStringAttribute('client_secret');
  }
  public set clientSecret(value: string) {
    this._clientSecret = value;
  }
  public resetClientSecret() {
    this._clientSecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientSecretInput() {
    return this._clientSecret;
  }

  // client_secret_wo - computed: false, optional: true, required: false
  private _clientSecretWo?: string; 
  public get clientSecretWo() {
    return this.getStringAttribute('client_secret_wo');
  }
  public set clientSecretWo(value: string) {
    this._clientSecretWo = value;
  }
  public resetClientSecretWo() {
    this._clientSecretWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientSecretWoInput() {
    return this._clientSecretWo;
  }

  // path_prefix - computed: false, optional: true, required: false
  private _pathPrefix?: string; 
  public get pathPrefix() {
    return this.getStringAttribute('path_prefix');
  }
  public set pathPrefix(value: string) {
    this._pathPrefix = value;
  }
  public resetPathPrefix() {
    this._pathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pathPrefixInput() {
    return this._pathPrefix;
  }

  // tenant_id - computed: false, optional: true, required: false
  private _tenantId?: string; 
  public get tenantId() {
    return this.getStringAttribute('tenant_id');
  }
  public set tenantId(value: string) {
    this._tenantId = value;
  }
  public resetTenantId() {
    this._tenantId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tenantIdInput() {
    return this._tenantId;
  }

  // vault_url - computed: false, optional: false, required: true
  private _vaultUrl?: string; 
  public get vaultUrl() {
    return this.getStringAttribute('vault_url');
  }
  public set vaultUrl(value: string) {
    this._vaultUrl = value;
  }
  // Temporarily expose input value. Use with caution.
  public get vaultUrlInput() {
    return this._vaultUrl;
  }
}
export interface SecretProviderGcpSm {
  /**
  * Certificate authority of the server, in PEM, when the system's own do not know it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#ca_certificate SecretProvider#ca_certificate}
  */
  readonly caCertificate?: string;
  /**
  * Another endpoint than https://secretmanager.googleapis.com, such as a regional one.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#endpoint SecretProvider#endpoint}
  */
  readonly endpoint?: string;
  /**
  * Where managed secrets are kept: under this prefix, `agyn` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#path_prefix SecretProvider#path_prefix}
  */
  readonly pathPrefix?: string;
  /**
  * Id or number of the project.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#project_id SecretProvider#project_id}
  */
  readonly projectId: string;
  /**
  * Key file of a service account, or a configuration of workload identity federation, as JSON. Without one the server's own identity is used. Both federation and that take an admin.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#service_account_json SecretProvider#service_account_json}
  */
  readonly serviceAccountJson?: string;
  /**
  * The same as `service_account_json`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#service_account_json_wo SecretProvider#service_account_json_wo}
  */
  readonly serviceAccountJsonWo?: string;
}

export function secretProviderGcpSmToTerraform(struct?: SecretProviderGcpSm | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    ca_certificate: cdktf.stringToTerraform(struct!.caCertificate),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    path_prefix: cdktf.stringToTerraform(struct!.pathPrefix),
    project_id: cdktf.stringToTerraform(struct!.projectId),
    service_account_json: cdktf.stringToTerraform(struct!.serviceAccountJson),
    service_account_json_wo: cdktf.stringToTerraform(struct!.serviceAccountJsonWo),
  }
}


export function secretProviderGcpSmToHclTerraform(struct?: SecretProviderGcpSm | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    ca_certificate: {
      value: cdktf.stringToHclTerraform(struct!.caCertificate),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.pathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    project_id: {
      value: cdktf.stringToHclTerraform(struct!.projectId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    service_account_json: {
      value: cdktf.stringToHclTerraform(struct!.serviceAccountJson),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    service_account_json_wo: {
      value: cdktf.stringToHclTerraform(struct!.serviceAccountJsonWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class SecretProviderGcpSmOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): SecretProviderGcpSm | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._caCertificate !== undefined) {
      hasAnyValues = true;
      internalValueResult.caCertificate = this._caCertificate;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._pathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.pathPrefix = this._pathPrefix;
    }
    if (this._projectId !== undefined) {
      hasAnyValues = true;
      internalValueResult.projectId = this._projectId;
    }
    if (this._serviceAccountJson !== undefined) {
      hasAnyValues = true;
      internalValueResult.serviceAccountJson = this._serviceAccountJson;
    }
    if (this._serviceAccountJsonWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.serviceAccountJsonWo = this._serviceAccountJsonWo;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: SecretProviderGcpSm | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._caCertificate = undefined;
      this._endpoint = undefined;
      this._pathPrefix = undefined;
      this._projectId = undefined;
      this._serviceAccountJson = undefined;
      this._serviceAccountJsonWo = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._caCertificate = value.caCertificate;
      this._endpoint = value.endpoint;
      this._pathPrefix = value.pathPrefix;
      this._projectId = value.projectId;
      this._serviceAccountJson = value.serviceAccountJson;
      this._serviceAccountJsonWo = value.serviceAccountJsonWo;
    }
  }

  // ca_certificate - computed: false, optional: true, required: false
  private _caCertificate?: string; 
  public get caCertificate() {
    return this.getStringAttribute('ca_certificate');
  }
  public set caCertificate(value: string) {
    this._caCertificate = value;
  }
  public resetCaCertificate() {
    this._caCertificate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caCertificateInput() {
    return this._caCertificate;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // path_prefix - computed: false, optional: true, required: false
  private _pathPrefix?: string; 
  public get pathPrefix() {
    return this.getStringAttribute('path_prefix');
  }
  public set pathPrefix(value: string) {
    this._pathPrefix = value;
  }
  public resetPathPrefix() {
    this._pathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pathPrefixInput() {
    return this._pathPrefix;
  }

  // project_id - computed: false, optional: false, required: true
  private _projectId?: string; 
  public get projectId() {
    return this.getStringAttribute('project_id');
  }
  public set projectId(value: string) {
    this._projectId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get projectIdInput() {
    return this._projectId;
  }

  // service_account_json - computed: false, optional: true, required: false
  private _serviceAccountJson?: string; 
  public get serviceAccountJson() {
    return this.getStringAttribute('service_account_json');
  }
  public set serviceAccountJson(value: string) {
    this._serviceAccountJson = value;
  }
  public resetServiceAccountJson() {
    this._serviceAccountJson = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serviceAccountJsonInput() {
    return this._serviceAccountJson;
  }

  // service_account_json_wo - computed: false, optional: true, required: false
  private _serviceAccountJsonWo?: string; 
  public get serviceAccountJsonWo() {
    return this.getStringAttribute('service_account_json_wo');
  }
  public set serviceAccountJsonWo(value: string) {
    this._serviceAccountJsonWo = value;
  }
  public resetServiceAccountJsonWo() {
    this._serviceAccountJsonWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serviceAccountJsonWoInput() {
    return this._serviceAccountJsonWo;
  }
}
export interface SecretProviderTimeouts {
  /**
  * Limit for creating it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#create SecretProvider#create}
  */
  readonly create?: string;
  /**
  * Limit for deleting it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#delete SecretProvider#delete}
  */
  readonly delete?: string;
  /**
  * Limit for reading it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#read SecretProvider#read}
  */
  readonly read?: string;
  /**
  * Limit for changing it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#update SecretProvider#update}
  */
  readonly update?: string;
}

export function secretProviderTimeoutsToTerraform(struct?: SecretProviderTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    create: cdktf.stringToTerraform(struct!.create),
    delete: cdktf.stringToTerraform(struct!.delete),
    read: cdktf.stringToTerraform(struct!.read),
    update: cdktf.stringToTerraform(struct!.update),
  }
}


export function secretProviderTimeoutsToHclTerraform(struct?: SecretProviderTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    create: {
      value: cdktf.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    read: {
      value: cdktf.stringToHclTerraform(struct!.read),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class SecretProviderTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): SecretProviderTimeouts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._create !== undefined) {
      hasAnyValues = true;
      internalValueResult.create = this._create;
    }
    if (this._delete !== undefined) {
      hasAnyValues = true;
      internalValueResult.delete = this._delete;
    }
    if (this._read !== undefined) {
      hasAnyValues = true;
      internalValueResult.read = this._read;
    }
    if (this._update !== undefined) {
      hasAnyValues = true;
      internalValueResult.update = this._update;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: SecretProviderTimeouts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._read = undefined;
      this._update = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._create = value.create;
      this._delete = value.delete;
      this._read = value.read;
      this._update = value.update;
    }
  }

  // create - computed: false, optional: true, required: false
  private _create?: string; 
  public get create() {
    return this.getStringAttribute('create');
  }
  public set create(value: string) {
    this._create = value;
  }
  public resetCreate() {
    this._create = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get createInput() {
    return this._create;
  }

  // delete - computed: false, optional: true, required: false
  private _delete?: string; 
  public get delete() {
    return this.getStringAttribute('delete');
  }
  public set delete(value: string) {
    this._delete = value;
  }
  public resetDelete() {
    this._delete = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deleteInput() {
    return this._delete;
  }

  // read - computed: false, optional: true, required: false
  private _read?: string; 
  public get read() {
    return this.getStringAttribute('read');
  }
  public set read(value: string) {
    this._read = value;
  }
  public resetRead() {
    this._read = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readInput() {
    return this._read;
  }

  // update - computed: false, optional: true, required: false
  private _update?: string; 
  public get update() {
    return this.getStringAttribute('update');
  }
  public set update(value: string) {
    this._update = value;
  }
  public resetUpdate() {
    this._update = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get updateInput() {
    return this._update;
  }
}
export interface SecretProviderVault {
  /**
  * Base URL of the server, such as https://vault.internal:8200.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#address SecretProvider#address}
  */
  readonly address: string;
  /**
  * How to log in. One of `token`, `approle`, `kubernetes`, `jwt`, `aws`. `token` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#auth_method SecretProvider#auth_method}
  */
  readonly authMethod?: string;
  /**
  * Certificate authority of the server, in PEM, when the system's own do not know it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#ca_certificate SecretProvider#ca_certificate}
  */
  readonly caCertificate?: string;
  /**
  * Version of the KV engine, 1 or 2. Detected when left out, and taken as 2 when that is forbidden.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#kv_version SecretProvider#kv_version}
  */
  readonly kvVersion?: number;
  /**
  * Where the metadata of managed secrets is listed and deleted, when it is not `path_prefix` with `data` replaced by `metadata`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#metadata_path_prefix SecretProvider#metadata_path_prefix}
  */
  readonly metadataPathPrefix?: string;
  /**
  * Mount of the KV engine, such as `secret` or `teams/kv`. Detected from each path when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#mount SecretProvider#mount}
  */
  readonly mount?: string;
  /**
  * Where the auth method is mounted; its own name (`kubernetes`, `jwt`, `aws`) when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#mount_point SecretProvider#mount_point}
  */
  readonly mountPoint?: string;
  /**
  * Namespace of Vault Enterprise or OpenBao, such as `team-a/dev`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#namespace SecretProvider#namespace}
  */
  readonly namespace?: string;
  /**
  * Where managed secrets are kept: under this prefix, `secret/data/agyn` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#path_prefix SecretProvider#path_prefix}
  */
  readonly pathPrefix?: string;
  /**
  * Region that the login is signed for; `us-east-1` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#region SecretProvider#region}
  */
  readonly region?: string;
  /**
  * Role of the auth method, with a policy for the paths that secrets refer to.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#role SecretProvider#role}
  */
  readonly role?: string;
  /**
  * Role id of the AppRole.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#role_id SecretProvider#role_id}
  */
  readonly roleId?: string;
  /**
  * Secret id of the AppRole.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_id SecretProvider#secret_id}
  */
  readonly secretId?: string;
  /**
  * The same as `secret_id`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#secret_id_wo SecretProvider#secret_id_wo}
  */
  readonly secretIdWo?: string;
  /**
  * Value of the header `X-Vault-AWS-IAM-Server-ID`, when Vault's AWS method asks for it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#server_id SecretProvider#server_id}
  */
  readonly serverId?: string;
  /**
  * Where Vault asks AWS who signed the login; `https://sts.amazonaws.com` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#sts_endpoint SecretProvider#sts_endpoint}
  */
  readonly stsEndpoint?: string;
  /**
  * Token with read access to the paths that secrets refer to.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#token SecretProvider#token}
  */
  readonly token?: string;
  /**
  * File on the server of the API with the JWT to log in with; one of those in AGYN_TOKEN_PATHS. `/var/run/secrets/kubernetes.io/serviceaccount/token` when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#token_path SecretProvider#token_path}
  */
  readonly tokenPath?: string;
  /**
  * The same as `token`, which never stands in state or plan. It is sent when the provider is made and when `config_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#token_wo SecretProvider#token_wo}
  */
  readonly tokenWo?: string;
}

export function secretProviderVaultToTerraform(struct?: SecretProviderVault | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    address: cdktf.stringToTerraform(struct!.address),
    auth_method: cdktf.stringToTerraform(struct!.authMethod),
    ca_certificate: cdktf.stringToTerraform(struct!.caCertificate),
    kv_version: cdktf.numberToTerraform(struct!.kvVersion),
    metadata_path_prefix: cdktf.stringToTerraform(struct!.metadataPathPrefix),
    mount: cdktf.stringToTerraform(struct!.mount),
    mount_point: cdktf.stringToTerraform(struct!.mountPoint),
    namespace: cdktf.stringToTerraform(struct!.namespace),
    path_prefix: cdktf.stringToTerraform(struct!.pathPrefix),
    region: cdktf.stringToTerraform(struct!.region),
    role: cdktf.stringToTerraform(struct!.role),
    role_id: cdktf.stringToTerraform(struct!.roleId),
    secret_id: cdktf.stringToTerraform(struct!.secretId),
    secret_id_wo: cdktf.stringToTerraform(struct!.secretIdWo),
    server_id: cdktf.stringToTerraform(struct!.serverId),
    sts_endpoint: cdktf.stringToTerraform(struct!.stsEndpoint),
    token: cdktf.stringToTerraform(struct!.token),
    token_path: cdktf.stringToTerraform(struct!.tokenPath),
    token_wo: cdktf.stringToTerraform(struct!.tokenWo),
  }
}


export function secretProviderVaultToHclTerraform(struct?: SecretProviderVault | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    address: {
      value: cdktf.stringToHclTerraform(struct!.address),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    auth_method: {
      value: cdktf.stringToHclTerraform(struct!.authMethod),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    ca_certificate: {
      value: cdktf.stringToHclTerraform(struct!.caCertificate),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    kv_version: {
      value: cdktf.numberToHclTerraform(struct!.kvVersion),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    metadata_path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.metadataPathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    mount: {
      value: cdktf.stringToHclTerraform(struct!.mount),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    mount_point: {
      value: cdktf.stringToHclTerraform(struct!.mountPoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    namespace: {
      value: cdktf.stringToHclTerraform(struct!.namespace),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.pathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    region: {
      value: cdktf.stringToHclTerraform(struct!.region),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    role: {
      value: cdktf.stringToHclTerraform(struct!.role),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    role_id: {
      value: cdktf.stringToHclTerraform(struct!.roleId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_id: {
      value: cdktf.stringToHclTerraform(struct!.secretId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_id_wo: {
      value: cdktf.stringToHclTerraform(struct!.secretIdWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    server_id: {
      value: cdktf.stringToHclTerraform(struct!.serverId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    sts_endpoint: {
      value: cdktf.stringToHclTerraform(struct!.stsEndpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token_path: {
      value: cdktf.stringToHclTerraform(struct!.tokenPath),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token_wo: {
      value: cdktf.stringToHclTerraform(struct!.tokenWo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class SecretProviderVaultOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): SecretProviderVault | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._address !== undefined) {
      hasAnyValues = true;
      internalValueResult.address = this._address;
    }
    if (this._authMethod !== undefined) {
      hasAnyValues = true;
      internalValueResult.authMethod = this._authMethod;
    }
    if (this._caCertificate !== undefined) {
      hasAnyValues = true;
      internalValueResult.caCertificate = this._caCertificate;
    }
    if (this._kvVersion !== undefined) {
      hasAnyValues = true;
      internalValueResult.kvVersion = this._kvVersion;
    }
    if (this._metadataPathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.metadataPathPrefix = this._metadataPathPrefix;
    }
    if (this._mount !== undefined) {
      hasAnyValues = true;
      internalValueResult.mount = this._mount;
    }
    if (this._mountPoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.mountPoint = this._mountPoint;
    }
    if (this._namespace !== undefined) {
      hasAnyValues = true;
      internalValueResult.namespace = this._namespace;
    }
    if (this._pathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.pathPrefix = this._pathPrefix;
    }
    if (this._region !== undefined) {
      hasAnyValues = true;
      internalValueResult.region = this._region;
    }
    if (this._role !== undefined) {
      hasAnyValues = true;
      internalValueResult.role = this._role;
    }
    if (this._roleId !== undefined) {
      hasAnyValues = true;
      internalValueResult.roleId = this._roleId;
    }
    if (this._secretId !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretId = this._secretId;
    }
    if (this._secretIdWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretIdWo = this._secretIdWo;
    }
    if (this._serverId !== undefined) {
      hasAnyValues = true;
      internalValueResult.serverId = this._serverId;
    }
    if (this._stsEndpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.stsEndpoint = this._stsEndpoint;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    if (this._tokenPath !== undefined) {
      hasAnyValues = true;
      internalValueResult.tokenPath = this._tokenPath;
    }
    if (this._tokenWo !== undefined) {
      hasAnyValues = true;
      internalValueResult.tokenWo = this._tokenWo;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: SecretProviderVault | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._address = undefined;
      this._authMethod = undefined;
      this._caCertificate = undefined;
      this._kvVersion = undefined;
      this._metadataPathPrefix = undefined;
      this._mount = undefined;
      this._mountPoint = undefined;
      this._namespace = undefined;
      this._pathPrefix = undefined;
      this._region = undefined;
      this._role = undefined;
      this._roleId = undefined;
      this._secretId = undefined;
      this._secretIdWo = undefined;
      this._serverId = undefined;
      this._stsEndpoint = undefined;
      this._token = undefined;
      this._tokenPath = undefined;
      this._tokenWo = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._address = value.address;
      this._authMethod = value.authMethod;
      this._caCertificate = value.caCertificate;
      this._kvVersion = value.kvVersion;
      this._metadataPathPrefix = value.metadataPathPrefix;
      this._mount = value.mount;
      this._mountPoint = value.mountPoint;
      this._namespace = value.namespace;
      this._pathPrefix = value.pathPrefix;
      this._region = value.region;
      this._role = value.role;
      this._roleId = value.roleId;
      this._secretId = value.secretId;
      this._secretIdWo = value.secretIdWo;
      this._serverId = value.serverId;
      this._stsEndpoint = value.stsEndpoint;
      this._token = value.token;
      this._tokenPath = value.tokenPath;
      this._tokenWo = value.tokenWo;
    }
  }

  // address - computed: false, optional: false, required: true
  private _address?: string; 
  public get address() {
    return this.getStringAttribute('address');
  }
  public set address(value: string) {
    this._address = value;
  }
  // Temporarily expose input value. Use with caution.
  public get addressInput() {
    return this._address;
  }

  // auth_method - computed: false, optional: true, required: false
  private _authMethod?: string; 
  public get authMethod() {
    return this.getStringAttribute('auth_method');
  }
  public set authMethod(value: string) {
    this._authMethod = value;
  }
  public resetAuthMethod() {
    this._authMethod = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get authMethodInput() {
    return this._authMethod;
  }

  // ca_certificate - computed: false, optional: true, required: false
  private _caCertificate?: string; 
  public get caCertificate() {
    return this.getStringAttribute('ca_certificate');
  }
  public set caCertificate(value: string) {
    this._caCertificate = value;
  }
  public resetCaCertificate() {
    this._caCertificate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caCertificateInput() {
    return this._caCertificate;
  }

  // kv_version - computed: false, optional: true, required: false
  private _kvVersion?: number; 
  public get kvVersion() {
    return this.getNumberAttribute('kv_version');
  }
  public set kvVersion(value: number) {
    this._kvVersion = value;
  }
  public resetKvVersion() {
    this._kvVersion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get kvVersionInput() {
    return this._kvVersion;
  }

  // metadata_path_prefix - computed: false, optional: true, required: false
  private _metadataPathPrefix?: string; 
  public get metadataPathPrefix() {
    return this.getStringAttribute('metadata_path_prefix');
  }
  public set metadataPathPrefix(value: string) {
    this._metadataPathPrefix = value;
  }
  public resetMetadataPathPrefix() {
    this._metadataPathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get metadataPathPrefixInput() {
    return this._metadataPathPrefix;
  }

  // mount - computed: false, optional: true, required: false
  private _mount?: string; 
  public get mount() {
    return this.getStringAttribute('mount');
  }
  public set mount(value: string) {
    this._mount = value;
  }
  public resetMount() {
    this._mount = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mountInput() {
    return this._mount;
  }

  // mount_point - computed: false, optional: true, required: false
  private _mountPoint?: string; 
  public get mountPoint() {
    return this.getStringAttribute('mount_point');
  }
  public set mountPoint(value: string) {
    this._mountPoint = value;
  }
  public resetMountPoint() {
    this._mountPoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mountPointInput() {
    return this._mountPoint;
  }

  // namespace - computed: false, optional: true, required: false
  private _namespace?: string; 
  public get namespace() {
    return this.getStringAttribute('namespace');
  }
  public set namespace(value: string) {
    this._namespace = value;
  }
  public resetNamespace() {
    this._namespace = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get namespaceInput() {
    return this._namespace;
  }

  // path_prefix - computed: false, optional: true, required: false
  private _pathPrefix?: string; 
  public get pathPrefix() {
    return this.getStringAttribute('path_prefix');
  }
  public set pathPrefix(value: string) {
    this._pathPrefix = value;
  }
  public resetPathPrefix() {
    this._pathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pathPrefixInput() {
    return this._pathPrefix;
  }

  // region - computed: false, optional: true, required: false
  private _region?: string; 
  public get region() {
    return this.getStringAttribute('region');
  }
  public set region(value: string) {
    this._region = value;
  }
  public resetRegion() {
    this._region = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get regionInput() {
    return this._region;
  }

  // role - computed: false, optional: true, required: false
  private _role?: string; 
  public get role() {
    return this.getStringAttribute('role');
  }
  public set role(value: string) {
    this._role = value;
  }
  public resetRole() {
    this._role = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleInput() {
    return this._role;
  }

  // role_id - computed: false, optional: true, required: false
  private _roleId?: string; 
  public get roleId() {
    return this.getStringAttribute('role_id');
  }
  public set roleId(value: string) {
    this._roleId = value;
  }
  public resetRoleId() {
    this._roleId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleIdInput() {
    return this._roleId;
  }

  // secret_id - computed: false, optional: true, required: false
  private _secretId?: string; 
  public get secretId() {
    return this.getStringAttribute('secret_id');
  }
  public set secretId(value: string) {
    this._secretId = value;
  }
  public resetSecretId() {
    this._secretId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretIdInput() {
    return this._secretId;
  }

  // secret_id_wo - computed: false, optional: true, required: false
  private _secretIdWo?: string; 
  public get secretIdWo() {
    return this.getStringAttribute('secret_id_wo');
  }
  public set secretIdWo(value: string) {
    this._secretIdWo = value;
  }
  public resetSecretIdWo() {
    this._secretIdWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretIdWoInput() {
    return this._secretIdWo;
  }

  // server_id - computed: false, optional: true, required: false
  private _serverId?: string; 
  public get serverId() {
    return this.getStringAttribute('server_id');
  }
  public set serverId(value: string) {
    this._serverId = value;
  }
  public resetServerId() {
    this._serverId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serverIdInput() {
    return this._serverId;
  }

  // sts_endpoint - computed: false, optional: true, required: false
  private _stsEndpoint?: string; 
  public get stsEndpoint() {
    return this.getStringAttribute('sts_endpoint');
  }
  public set stsEndpoint(value: string) {
    this._stsEndpoint = value;
  }
  public resetStsEndpoint() {
    this._stsEndpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get stsEndpointInput() {
    return this._stsEndpoint;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }

  // token_path - computed: false, optional: true, required: false
  private _tokenPath?: string; 
  public get tokenPath() {
    return this.getStringAttribute('token_path');
  }
  public set tokenPath(value: string) {
    this._tokenPath = value;
  }
  public resetTokenPath() {
    this._tokenPath = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenPathInput() {
    return this._tokenPath;
  }

  // token_wo - computed: false, optional: true, required: false
  private _tokenWo?: string; 
  public get tokenWo() {
    return this.getStringAttribute('token_wo');
  }
  public set tokenWo(value: string) {
    this._tokenWo = value;
  }
  public resetTokenWo() {
    this._tokenWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenWoInput() {
    return this._tokenWo;
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider agyn_secret_provider}
*/
export class SecretProvider extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "agyn_secret_provider";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a SecretProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the SecretProvider to import
  * @param importFromId The id of the existing SecretProvider that should be imported. Refer to the {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the SecretProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "agyn_secret_provider", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret_provider agyn_secret_provider} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options SecretProviderConfig
  */
  public constructor(scope: Construct, id: string, config: SecretProviderConfig) {
    super(scope, id, {
      terraformResourceType: 'agyn_secret_provider',
      terraformGeneratorMetadata: {
        providerName: 'agyn',
        providerVersionConstraint: '~> 0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._allowBrowse = config.allowBrowse;
    this._config.internalValue = config.config;
    this._configWoVersion = config.configWoVersion;
    this._description = config.description;
    this._forceDestroy = config.forceDestroy;
    this._name = config.name;
    this._organizationId = config.organizationId;
    this._type = config.type;
    this._awsSm.internalValue = config.awsSm;
    this._azureKv.internalValue = config.azureKv;
    this._gcpSm.internalValue = config.gcpSm;
    this._timeouts.internalValue = config.timeouts;
    this._vault.internalValue = config.vault;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // allow_browse - computed: true, optional: true, required: false
  private _allowBrowse?: boolean | cdktf.IResolvable; 
  public get allowBrowse() {
    return this.getBooleanAttribute('allow_browse');
  }
  public set allowBrowse(value: boolean | cdktf.IResolvable) {
    this._allowBrowse = value;
  }
  public resetAllowBrowse() {
    this._allowBrowse = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allowBrowseInput() {
    return this._allowBrowse;
  }

  // config - computed: false, optional: true, required: false
  private _config = new SecretProviderConfigAOutputReference(this, "config");
  public get config() {
    return this._config;
  }
  public putConfig(value: SecretProviderConfigA) {
    this._config.internalValue = value;
  }
  public resetConfig() {
    this._config.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get configInput() {
    return this._config.internalValue;
  }

  // config_fingerprint - computed: true, optional: false, required: false
  public get configFingerprint() {
    return this.getStringAttribute('config_fingerprint');
  }

  // config_wo_version - computed: false, optional: true, required: false
  private _configWoVersion?: number; 
  public get configWoVersion() {
    return this.getNumberAttribute('config_wo_version');
  }
  public set configWoVersion(value: number) {
    this._configWoVersion = value;
  }
  public resetConfigWoVersion() {
    this._configWoVersion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get configWoVersionInput() {
    return this._configWoVersion;
  }

  // description - computed: false, optional: true, required: false
  private _description?: string; 
  public get description() {
    return this.getStringAttribute('description');
  }
  public set description(value: string) {
    this._description = value;
  }
  public resetDescription() {
    this._description = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get descriptionInput() {
    return this._description;
  }

  // force_destroy - computed: true, optional: true, required: false
  private _forceDestroy?: boolean | cdktf.IResolvable; 
  public get forceDestroy() {
    return this.getBooleanAttribute('force_destroy');
  }
  public set forceDestroy(value: boolean | cdktf.IResolvable) {
    this._forceDestroy = value;
  }
  public resetForceDestroy() {
    this._forceDestroy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get forceDestroyInput() {
    return this._forceDestroy;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // name - computed: false, optional: false, required: true
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // organization_id - computed: true, optional: true, required: false
  private _organizationId?: string; 
  public get organizationId() {
    return this.getStringAttribute('organization_id');
  }
  public set organizationId(value: string) {
    this._organizationId = value;
  }
  public resetOrganizationId() {
    this._organizationId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get organizationIdInput() {
    return this._organizationId;
  }

  // type - computed: false, optional: false, required: true
  private _type?: string; 
  public get type() {
    return this.getStringAttribute('type');
  }
  public set type(value: string) {
    this._type = value;
  }
  // Temporarily expose input value. Use with caution.
  public get typeInput() {
    return this._type;
  }

  // aws_sm - computed: false, optional: true, required: false
  private _awsSm = new SecretProviderAwsSmOutputReference(this, "aws_sm");
  public get awsSm() {
    return this._awsSm;
  }
  public putAwsSm(value: SecretProviderAwsSm) {
    this._awsSm.internalValue = value;
  }
  public resetAwsSm() {
    this._awsSm.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get awsSmInput() {
    return this._awsSm.internalValue;
  }

  // azure_kv - computed: false, optional: true, required: false
  private _azureKv = new SecretProviderAzureKvOutputReference(this, "azure_kv");
  public get azureKv() {
    return this._azureKv;
  }
  public putAzureKv(value: SecretProviderAzureKv) {
    this._azureKv.internalValue = value;
  }
  public resetAzureKv() {
    this._azureKv.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get azureKvInput() {
    return this._azureKv.internalValue;
  }

  // gcp_sm - computed: false, optional: true, required: false
  private _gcpSm = new SecretProviderGcpSmOutputReference(this, "gcp_sm");
  public get gcpSm() {
    return this._gcpSm;
  }
  public putGcpSm(value: SecretProviderGcpSm) {
    this._gcpSm.internalValue = value;
  }
  public resetGcpSm() {
    this._gcpSm.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gcpSmInput() {
    return this._gcpSm.internalValue;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new SecretProviderTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: SecretProviderTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // vault - computed: false, optional: true, required: false
  private _vault = new SecretProviderVaultOutputReference(this, "vault");
  public get vault() {
    return this._vault;
  }
  public putVault(value: SecretProviderVault) {
    this._vault.internalValue = value;
  }
  public resetVault() {
    this._vault.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get vaultInput() {
    return this._vault.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      allow_browse: cdktf.booleanToTerraform(this._allowBrowse),
      config: secretProviderConfigAToTerraform(this._config.internalValue),
      config_wo_version: cdktf.numberToTerraform(this._configWoVersion),
      description: cdktf.stringToTerraform(this._description),
      force_destroy: cdktf.booleanToTerraform(this._forceDestroy),
      name: cdktf.stringToTerraform(this._name),
      organization_id: cdktf.stringToTerraform(this._organizationId),
      type: cdktf.stringToTerraform(this._type),
      aws_sm: secretProviderAwsSmToTerraform(this._awsSm.internalValue),
      azure_kv: secretProviderAzureKvToTerraform(this._azureKv.internalValue),
      gcp_sm: secretProviderGcpSmToTerraform(this._gcpSm.internalValue),
      timeouts: secretProviderTimeoutsToTerraform(this._timeouts.internalValue),
      vault: secretProviderVaultToTerraform(this._vault.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      allow_browse: {
        value: cdktf.booleanToHclTerraform(this._allowBrowse),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      config: {
        value: secretProviderConfigAToHclTerraform(this._config.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "SecretProviderConfigA",
      },
      config_wo_version: {
        value: cdktf.numberToHclTerraform(this._configWoVersion),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      description: {
        value: cdktf.stringToHclTerraform(this._description),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      force_destroy: {
        value: cdktf.booleanToHclTerraform(this._forceDestroy),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      organization_id: {
        value: cdktf.stringToHclTerraform(this._organizationId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      type: {
        value: cdktf.stringToHclTerraform(this._type),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      aws_sm: {
        value: secretProviderAwsSmToHclTerraform(this._awsSm.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "SecretProviderAwsSm",
      },
      azure_kv: {
        value: secretProviderAzureKvToHclTerraform(this._azureKv.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "SecretProviderAzureKv",
      },
      gcp_sm: {
        value: secretProviderGcpSmToHclTerraform(this._gcpSm.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "SecretProviderGcpSm",
      },
      timeouts: {
        value: secretProviderTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "SecretProviderTimeouts",
      },
      vault: {
        value: secretProviderVaultToHclTerraform(this._vault.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "SecretProviderVault",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
