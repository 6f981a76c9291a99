data "agyn_scopes" "teams" {
  kind = "team"
}

output "teams" {
  value = { for scope in data.agyn_scopes.teams.items : join("/", scope.path) => scope.id }
}
