data "agyn_secret_provider_types" "all" {}

# The credentials that each type of store takes
output "credentials" {
  value = {
    for type in data.agyn_secret_provider_types.all.items :
    type.type => [for field in type.fields : field.name if field.sensitive]
  }
}
