data "agyn_secret_providers" "vaults" {
  type = "vault"
}

# Which of them failed when they were last tested
output "failing" {
  value = [for each in data.agyn_secret_providers.vaults.items : each.name if each.health == "failing"]
}
