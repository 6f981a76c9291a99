# 43 random letters and digits. Where you have the provider `hashicorp/random`, draw them with an
# `ephemeral "random_password"` and hand the token on to where it is used.
variable "random" {
  type      = string
  ephemeral = true
}

# For a pipeline that asks whether agents would start. In no state and no plan.
resource "agyn_api_token" "pipeline" {
  name             = "pipeline"
  role             = "member"
  token_wo         = provider::agyn::api_token(var.random)
  token_wo_version = 1
}
