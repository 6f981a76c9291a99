# Where the company keeps what its platform team rotates.
resource "agyn_secret_provider" "vault" {
  name        = "vault-prod"
  type        = "vault"
  description = "Reads kv/prod and nothing else."

  vault {
    address      = var.vault_address
    auth_method  = "approle"
    role_id      = "agents"
    secret_id_wo = try(var.credentials.vault_secret_id, null)
    kv_version   = 2
    mount        = "kv"
  }
  config_wo_version = var.credentials_version
}

# Where one team has its own account.
resource "agyn_secret_provider" "aws" {
  name        = "aws-payments"
  type        = "aws-sm"
  description = "The account of the payments team."

  aws_sm {
    region               = "eu-west-1"
    access_key_id_wo     = try(var.credentials.aws_access_key.id, null)
    secret_access_key_wo = try(var.credentials.aws_access_key.secret, null)
  }
  config_wo_version = var.credentials_version
}
