# 43 random letters and digits
variable "random" {
  type      = string
  ephemeral = true
}

resource "agyn_api_token" "pipeline" {
  name             = "pipeline"
  role             = "member"
  token_wo         = provider::agyn::api_token(var.random)
  token_wo_version = 1
}
