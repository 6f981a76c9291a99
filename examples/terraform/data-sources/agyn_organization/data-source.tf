data "agyn_organization" "acme" {
  name = "acme"
}

output "root_scope_id" {
  value = data.agyn_organization.acme.root_scope_id
}
