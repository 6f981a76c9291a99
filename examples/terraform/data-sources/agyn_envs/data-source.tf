data "agyn_envs" "billing" {
  consumer = { kind = "agent", id = "billing" }
}

output "names" {
  value = data.agyn_envs.billing.items[*].name
}
