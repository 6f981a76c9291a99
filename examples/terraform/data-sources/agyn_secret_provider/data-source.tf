# Made elsewhere, in the console or by another configuration
data "agyn_secret_provider" "vault" {
  name = "vault-prod"
}

resource "agyn_secret" "database_user" {
  name        = "database-user"
  provider_id = data.agyn_secret_provider.vault.id
  remote_path = "kv/data/prod/database"
  remote_key  = "username"
}
