terraform {
  required_providers {
    agyn = {
      source = "agynio/agyn"
    }
  }
}

# Address and token come from AGYN_API_URL and AGYN_API_TOKEN.
provider "agyn" {}

variable "github_token" {
  type        = string
  sensitive   = true
  description = "The value. Give it in TF_VAR_github_token, so that it is in no file."
}

# Belongs to the organization of the token, since it names none.
resource "agyn_secret" "github_token" {
  name     = "github-token"
  category = "integration_credential"
  value    = var.github_token
}

resource "agyn_env" "github_token" {
  consumer  = { kind = "agent", id = "reviewer" }
  name      = "GITHUB_TOKEN"
  secret_id = agyn_secret.github_token.id
}
