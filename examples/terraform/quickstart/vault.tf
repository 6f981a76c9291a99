# The part that needs a Vault: a provider, and a secret that is read from it.

variable "vault_address" {
  type        = string
  description = "Address of Vault or OpenBao."
}

variable "vault_token" {
  type        = string
  sensitive   = true
  description = "Token with read access to secret/agyn-quickstart/database."
}

resource "agyn_secret_provider" "vault" {
  organization_id = agyn_organization.acme.id
  name            = "vault"
  type            = "vault"
  config = {
    address = var.vault_address
    token   = var.vault_token
  }
}

# Read from Vault, each time a workload starts.
resource "agyn_secret" "database_password" {
  organization_id = agyn_organization.acme.id
  name            = "database-password"
  category        = "infrastructure_credential"
  provider_id     = agyn_secret_provider.vault.id
  remote_path     = "secret/data/agyn-quickstart/database"
  remote_key      = "password"
}

resource "agyn_env" "database_password" {
  organization_id = agyn_organization.acme.id
  consumer        = { kind = "agent", id = "billing" }
  name            = "DATABASE_PASSWORD"
  secret_id       = agyn_secret.database_password.id
}
