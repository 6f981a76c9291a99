# Would they start? Asks the live stores, and fails with every reason why not: at plan, or, where something
# that it depends on changes, at apply and after it. So name all that a start takes, down to the provider.
data "agyn_preflight" "agent" {
  for_each = var.preflight ? local.agents : {}
  consumer = { kind = "agent", id = each.key }
  depends_on = [
    agyn_env.agent,
    agyn_secret.signing_key,
    agyn_secret.support_github_token,
    agyn_secret_provider.vault,
  ]
}

data "agyn_preflight" "mcp_github" {
  count      = var.preflight ? 1 : 0
  consumer   = { kind = "mcp_server", id = "github" }
  depends_on = [agyn_env.mcp_github, agyn_secret.github_token, agyn_secret_provider.vault]
}

variable "preflight" {
  type        = bool
  default     = true
  description = "Off while the stores cannot be reached, as on the day that they are set up."
}
