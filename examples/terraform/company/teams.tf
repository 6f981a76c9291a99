# Teams are scopes: what a team has hides what the company has under the same name.
resource "agyn_scope" "team" {
  for_each = toset(["payments", "support"])
  kind     = "team"
  name     = each.key
}

# For everybody: of the root scope, read from Vault each time.
resource "agyn_secret" "github_token" {
  name        = "github-token"
  category    = "integration_credential"
  provider_id = agyn_secret_provider.vault.id
  remote_path = "kv/data/prod/github"
  remote_key  = "token"
}

# The support team has another one.
resource "agyn_secret" "support_github_token" {
  scope_id    = agyn_scope.team["support"].id
  name        = "github-token"
  category    = "integration_credential"
  provider_id = agyn_secret_provider.vault.id
  remote_path = "kv/data/prod/support/github"
  remote_key  = "token"
}

# Of the payments team, in its own account.
resource "agyn_secret" "stripe_api_key" {
  scope_id    = agyn_scope.team["payments"].id
  name        = "stripe-api-key"
  category    = "integration_credential"
  provider_id = agyn_secret_provider.aws.id
  remote_path = "prod/stripe"
  remote_key  = "apiKey"
}

# Local: kept here, encrypted.
resource "agyn_secret" "signing_key" {
  scope_id         = agyn_scope.team["payments"].id
  name             = "signing-key"
  category         = "agent_secret"
  value_wo         = try(var.credentials.signing_key, null)
  value_wo_version = var.credentials_version
  rotate_every     = "90d"
}

resource "agyn_secret" "anthropic" {
  name             = "anthropic"
  category         = "provider_credential"
  value_wo         = try(var.credentials.anthropic, null)
  value_wo_version = var.credentials_version
}
