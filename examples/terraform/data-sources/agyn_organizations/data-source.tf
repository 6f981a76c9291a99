# With the token of an admin: all organizations
data "agyn_organizations" "all" {}

output "organization_names" {
  value = data.agyn_organizations.all.items[*].name
}
