# Of the root scope. `scope_path = ["payments"]` would be that of a team.
data "agyn_secret" "stripe_api_key" {
  name = "stripe-api-key"
}

resource "agyn_env" "stripe_api_key" {
  consumer  = { kind = "agent", id = "refunds" }
  name      = "STRIPE_API_KEY"
  secret_id = data.agyn_secret.stripe_api_key.id
}
