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
  description = "Address of Vault or OpenBao."
}

variable "vault_token" {
  type        = string
  sensitive   = true
  description = "Token with read access to secret/billing/database."
}

variable "stripe_api_key" {
  type        = string
  sensitive   = true
  description = "A value that agyn-secrets keeps itself, encrypted."
}

resource "agyn_organization" "acme" {
  name = "acme"
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

# Kept here, encrypted.
resource "agyn_secret" "stripe_api_key" {
  organization_id = agyn_organization.acme.id
  name            = "stripe-api-key"
  category        = "integration_credential"
  value           = var.stripe_api_key
}

# Read from Vault, each time a workload starts.
resource "agyn_secret" "database_password" {
  organization_id = agyn_organization.acme.id
  name            = "database-password"
  category        = "infrastructure_credential"
  provider_id     = agyn_secret_provider.vault.id
  remote_path     = "secret/data/billing/database"
  remote_key      = "password"
}

resource "agyn_env" "stripe_api_key" {
  organization_id = agyn_organization.acme.id
  consumer        = { kind = "agent", id = "billing" }
  name            = "STRIPE_API_KEY"
  secret_id       = agyn_secret.stripe_api_key.id
}

resource "agyn_env" "database_password" {
  organization_id = agyn_organization.acme.id
  consumer        = { kind = "agent", id = "billing" }
  name            = "DATABASE_PASSWORD"
  secret_id       = agyn_secret.database_password.id
}

resource "agyn_env" "region" {
  organization_id = agyn_organization.acme.id
  consumer        = { kind = "agent", id = "billing" }
  name            = "REGION"
  value           = "eu-west-1"
}

output "organization_id" {
  value = agyn_organization.acme.id
}
