variable "vault_secret_id" {
  type      = string
  ephemeral = true
  default   = null
}

# In the block of its type, Terraform refuses a misspelt argument. Write-only arguments are in no state
# and no plan; another number in `config_wo_version` sends them again.
resource "agyn_secret_provider" "vault" {
  name = "vault-prod"
  type = "vault"

  vault {
    address      = "https://vault.internal.example:8200"
    auth_method  = "approle"
    role_id      = "1f0a7f0e-agents"
    secret_id_wo = var.vault_secret_id
  }
  config_wo_version = 1
}

variable "aws_access_key" {
  type      = object({ id = string, secret = string })
  sensitive = true
}

# In `config`, sensitive arguments stand in the state in clear text.
resource "agyn_secret_provider" "aws" {
  name = "Production AWS"
  type = "aws-sm"

  config = {
    region            = "eu-west-1"
    access_key_id     = var.aws_access_key.id
    secret_access_key = var.aws_access_key.secret
    role_arn          = "arn:aws:iam::123456789012:role/agents"
  }
}

variable "azure_client_secret" {
  type      = string
  ephemeral = true
  default   = null
}

resource "agyn_secret_provider" "azure" {
  name = "azure-prod"
  type = "azure-kv"

  azure_kv {
    vault_url        = "https://acme-prod.vault.azure.net"
    tenant_id        = "7d4c1f0e-9b1a-4a53-9f6e-2c8d5b3a1e70"
    client_id        = "c2a94f6b-3e07-4b8d-a1c5-6f0d9e8b7a42"
    client_secret_wo = var.azure_client_secret
  }
  config_wo_version = 1
}

variable "google_key_file" {
  type      = string
  ephemeral = true
  default   = null
}

resource "agyn_secret_provider" "google" {
  name = "google-prod"
  type = "gcp-sm"

  gcp_sm {
    project_id              = "acme-prod"
    service_account_json_wo = var.google_key_file
  }
  config_wo_version = 1
}
