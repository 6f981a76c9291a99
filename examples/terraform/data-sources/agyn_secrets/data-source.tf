data "agyn_secrets" "remote" {
  storage = "remote"
}

# Where their values are read from
output "references" {
  value = { for secret in data.agyn_secrets.remote.items : secret.id => secret.reference }
}
