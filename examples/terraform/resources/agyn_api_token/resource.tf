# 43 random letters and digits, given to the apply that makes the token:
#   TF_VAR_random=$(tr -dc A-Za-z0-9 </dev/urandom | head -c 43) terraform apply
variable "random" {
  type      = string
  ephemeral = true
  default   = null
}

# Raise it for another token.
variable "token_version" {
  type    = number
  default = 1
}

locals {
  token = var.random == null ? null : provider::agyn::api_token(var.random)
}

# For an agent that asks whether others would start. In no state and no plan.
resource "agyn_api_token" "watcher" {
  name             = "watcher ${var.token_version}"
  role             = "member"
  token_wo         = local.token
  token_wo_version = var.token_version

  # The next one is made and handed on before the last one is revoked. The name tells which is which.
  lifecycle {
    create_before_destroy = true
  }
}

# What keeps it for whoever uses it: any write-only argument, such as that of a Kubernetes secret, or this.
resource "agyn_secret" "watcher_token" {
  name             = "watcher-token"
  value_wo         = local.token
  value_wo_version = agyn_api_token.watcher.token_wo_version
}
