locals {
  reference = provider::agyn::parse_reference("vault-prod://kv/data/prod/database?version=3#password")
}

data "agyn_secret_provider" "this" {
  name = local.reference.provider
}

resource "agyn_secret" "database_password" {
  name           = "database-password"
  provider_id    = data.agyn_secret_provider.this.id
  remote_path    = local.reference.path
  remote_key     = local.reference.key
  remote_version = local.reference.version
}
