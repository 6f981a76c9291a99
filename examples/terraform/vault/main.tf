terraform {
  required_providers {
    agyn = {
      source = "agynio/agyn"
    }
  }
}

# Address and token come from AGYN_API_URL and AGYN_API_TOKEN.
provider "agyn" {}

variable "vault_address" {
  type        = string
  description = "Address of Vault or OpenBao, such as https://vault.internal:8200."
}

variable "vault_token" {
  type        = string
  sensitive   = true
  description = "Token with the policy that README.md shows, and no other."
}

resource "agyn_secret_provider" "vault" {
  name        = "vault-prod"
  type        = "vault"
  description = "Reads secret/billing and nothing else."
  config = {
    address = var.vault_address
    token   = var.vault_token

    # Both would be detected; said here, the token needs no right to look.
    kv_version = 2
    mount      = "secret"
  }
}

locals {
  # Env of the agent: where its value is in Vault.
  billing = {
    DATABASE_USER = { path = "secret/data/billing/database", key = "username" }
    # The newest version, at each start of a workload.
    DATABASE_PASSWORD = { path = "secret/data/billing/database", key = "password" }
    # Inside an object, by JSON Pointer.
    REPLICA_URL = { path = "secret/data/billing/database", key = "/replicas/0/url" }
    # This version, until the number here is changed.
    SIGNING_KEY = { path = "secret/data/billing/signing", key = "key", version = "2" }
  }
}

resource "agyn_secret" "billing" {
  for_each       = local.billing
  name           = "billing ${each.key}"
  category       = "infrastructure_credential"
  provider_id    = agyn_secret_provider.vault.id
  remote_path    = each.value.path
  remote_key     = each.value.key
  remote_version = try(each.value.version, null)
}

resource "agyn_env" "billing" {
  for_each  = local.billing
  consumer  = { kind = "agent", id = "billing" }
  name      = each.key
  secret_id = agyn_secret.billing[each.key].id
}
