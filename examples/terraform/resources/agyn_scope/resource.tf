resource "agyn_scope" "payments" {
  kind = "team"
  name = "payments"
}

# What belongs to `payments` applies here too, unless a secret of the same name is here.
resource "agyn_scope" "checkout" {
  kind      = "workspace"
  name      = "checkout"
  parent_id = agyn_scope.payments.id
}
