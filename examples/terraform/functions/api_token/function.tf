# 43 random letters and digits, such as `tr -dc A-Za-z0-9 </dev/urandom | head -c 43` draws
variable "random" {
  type      = string
  ephemeral = true
  default   = null
}

resource "agyn_api_token" "pipeline" {
  name             = "pipeline"
  role             = "member"
  token_wo         = var.random == null ? null : provider::agyn::api_token(var.random)
  token_wo_version = 1
}
