terraform {
  required_providers {
    agyn = {
      source = "agynio/agyn"
    }
  }
}

# Address and token come from AGYN_API_URL and AGYN_API_TOKEN.
provider "agyn" {}

variable "stripe_api_key" {
  type        = string
  sensitive   = true
  description = "A value that agyn-secrets keeps itself, encrypted."
}

resource "agyn_organization" "acme" {
  name = "acme"
}

# Kept here, encrypted.
resource "agyn_secret" "stripe_api_key" {
  organization_id = agyn_organization.acme.id
  name            = "stripe-api-key"
  category        = "integration_credential"
  value           = var.stripe_api_key
}

resource "agyn_env" "stripe_api_key" {
  organization_id = agyn_organization.acme.id
  consumer        = { kind = "agent", id = "billing" }
  name            = "STRIPE_API_KEY"
  secret_id       = agyn_secret.stripe_api_key.id
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
