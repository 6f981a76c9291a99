resource "agyn_env" "region" {
  consumer = { kind = "agent", id = "billing" }
  name     = "REGION"
  value    = "eu-west-1"
}

# Fails with every reason why the agent would not start. What it depends on is made first.
data "agyn_preflight" "billing" {
  consumer   = { kind = "agent", id = "billing" }
  depends_on = [agyn_env.region]
}

output "variables" {
  value = data.agyn_preflight.billing.items[*].env
}
