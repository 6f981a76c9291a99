import {
  to = agyn_secret_provider.vault
  id = "acme/vault-prod"
}
