variable "stripe_api_key" {
  type      = string
  ephemeral = true
  default   = null
}

# Local: kept here, encrypted. The value is in no state and no plan; to send another, raise the version.
resource "agyn_secret" "stripe_api_key" {
  name             = "stripe-api-key"
  category         = "integration_credential"
  value_wo         = var.stripe_api_key
  value_wo_version = 1
  rotate_every     = "90d"
}

variable "vault_token" {
  type      = string
  ephemeral = true
  default   = null
}

resource "agyn_secret_provider" "vault" {
  name = "vault-prod"
  type = "vault"

  vault {
    address  = "https://vault.internal.example:8200"
    token_wo = var.vault_token
  }
  config_wo_version = 1
}

# Remote: read from Vault each time a workload starts, and kept nowhere else.
resource "agyn_secret" "database_password" {
  name        = "database-password"
  category    = "infrastructure_credential"
  provider_id = agyn_secret_provider.vault.id
  remote_path = "kv/data/prod/database"
  remote_key  = "password"
}

# Of a team: applies in this scope and below, and hides a secret of the same name above.
resource "agyn_scope" "payments" {
  kind = "team"
  name = "payments"
}

resource "agyn_secret" "payments_stripe_api_key" {
  scope_id    = agyn_scope.payments.id
  name        = "stripe-api-key"
  provider_id = agyn_secret_provider.vault.id
  remote_path = "kv/data/payments/stripe"
  remote_key  = "/keys/live" # inside an object, by JSON Pointer
}
