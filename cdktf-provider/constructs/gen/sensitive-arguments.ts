// Generated from the schema of the provider by `npm run generate`. Do not edit.

/** Arguments whose value is a secret, by kind of block and type; a dot leads into a nested one. */
export const sensitiveArguments: Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
> = {
  "provider": {
    "agyn": [
      "api_token"
    ]
  },
  "resource": {
    "agyn_api_token": [
      "token_wo"
    ],
    "agyn_secret": [
      "value",
      "value_base64",
      "value_base64_wo",
      "value_wo"
    ],
    "agyn_secret_provider": [
      "config.access_key_id",
      "config.access_key_id_wo",
      "config.client_secret",
      "config.client_secret_wo",
      "config.secret_access_key",
      "config.secret_access_key_wo",
      "config.secret_id",
      "config.secret_id_wo",
      "config.service_account_json",
      "config.service_account_json_wo",
      "config.session_token",
      "config.session_token_wo",
      "config.token",
      "config.token_wo",
      "aws_sm.access_key_id",
      "aws_sm.access_key_id_wo",
      "aws_sm.secret_access_key",
      "aws_sm.secret_access_key_wo",
      "aws_sm.session_token",
      "aws_sm.session_token_wo",
      "azure_kv.client_secret",
      "azure_kv.client_secret_wo",
      "gcp_sm.service_account_json",
      "gcp_sm.service_account_json_wo",
      "vault.secret_id",
      "vault.secret_id_wo",
      "vault.token",
      "vault.token_wo"
    ]
  },
  "data": {},
  "ephemeral": {
    "agyn_api_token": [
      "token"
    ],
    "agyn_workload_env": [
      "env",
      "env_base64"
    ]
  }
}
