# vault-prod://kv/data/prod/database#password
output "newest" {
  value = provider::agyn::format_reference("vault-prod", "kv/data/prod/database", "password")
}

# vault-prod://kv/data/prod/database?version=3
output "pinned" {
  value = provider::agyn::format_reference("vault-prod", "kv/data/prod/database", null, "3")
}
