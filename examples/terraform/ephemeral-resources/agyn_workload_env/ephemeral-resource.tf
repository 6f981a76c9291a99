variable "runtime_token" {
  type        = string
  ephemeral   = true
  description = "A token of the role orchestrator, which an admin makes."
}

provider "agyn" {
  alias     = "runtime"
  api_token = var.runtime_token
}

ephemeral "agyn_workload_env" "billing" {
  provider = agyn.runtime
  consumer = { kind = "agent", id = "billing" }
}

# A smoke test with what the agent is given, none of which is stored
resource "terraform_data" "smoke_test" {
  provisioner "local-exec" {
    command     = "test -n \"$STRIPE_API_KEY\""
    environment = ephemeral.agyn_workload_env.billing.env
  }
}
