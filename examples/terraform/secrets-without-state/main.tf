terraform {
  required_version = ">= 1.11" # write-only arguments
  required_providers {
    agyn = {
      source = "agynio/agyn"
    }
  }
}

# Address and token come from AGYN_API_URL and AGYN_API_TOKEN.
provider "agyn" {}

# Ephemeral: neither in the state nor in a saved plan. Null while nothing is to be sent.
variable "github_token" {
  type      = string
  ephemeral = true
  default   = null
}

variable "vault_token" {
  type      = string
  ephemeral = true
  default   = null
}

variable "vault_address" {
  type        = string
  description = "Address of Vault or OpenBao, such as https://vault.internal:8200."
}

# Each is raised to send a new value.
variable "versions" {
  type    = object({ github_token = number, vault_token = number })
  default = { github_token = 1, vault_token = 1 }
}

resource "agyn_secret" "github_token" {
  name             = "github-token"
  category         = "integration_credential"
  value_wo         = var.github_token
  value_wo_version = var.versions.github_token
}

resource "agyn_secret_provider" "vault" {
  name = "vault-prod"
  type = "vault"

  vault {
    address  = var.vault_address
    token_wo = var.vault_token
  }
  config_wo_version = var.versions.vault_token
}

resource "agyn_env" "github_token" {
  consumer  = { kind = "agent", id = "reviewer" }
  name      = "GITHUB_TOKEN"
  secret_id = agyn_secret.github_token.id
}
