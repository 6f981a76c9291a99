# `[]` would be the root.
data "agyn_scope" "payments" {
  path = ["payments"]
}

resource "agyn_secret" "signing_key" {
  scope_id         = data.agyn_scope.payments.id
  name             = "signing-key"
  value_wo         = var.signing_key
  value_wo_version = 1
}

variable "signing_key" {
  type      = string
  ephemeral = true
  default   = null
}
