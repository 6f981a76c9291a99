data "agyn_scope" "payments" {
  path = ["payments"]
}

data "agyn_effective_secrets" "payments" {
  scope_id = data.agyn_scope.payments.id
}

# The scope that each name is taken from
output "taken_from" {
  value = { for secret in data.agyn_effective_secrets.payments.items : secret.name => secret.scope_kind }
}
