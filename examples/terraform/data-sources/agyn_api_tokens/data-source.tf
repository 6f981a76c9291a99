data "agyn_api_tokens" "all" {}

output "owners" {
  value = [for token in data.agyn_api_tokens.all.items : token.name if token.role == "owner"]
}
