# Would they start? Asks the live stores, and fails with every reason why not.
data "agyn_preflight" "agent" {
  for_each   = var.preflight ? local.agents : {}
  consumer   = { kind = "agent", id = each.key }
  depends_on = [agyn_env.agent]
}

data "agyn_preflight" "mcp_github" {
  count      = var.preflight ? 1 : 0
  consumer   = { kind = "mcp_server", id = "github" }
  depends_on = [agyn_env.mcp_github]
}

variable "preflight" {
  type        = bool
  default     = true
  description = "Off while the stores cannot be reached, as on the day that they are set up."
}
