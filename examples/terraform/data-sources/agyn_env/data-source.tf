data "agyn_env" "stripe_api_key" {
  consumer = { kind = "agent", id = "billing" }
  name     = "STRIPE_API_KEY"
}

# Another consumer receives the same secret.
resource "agyn_env" "same" {
  consumer  = { kind = "hook", id = "charge-created" }
  name      = "STRIPE_API_KEY"
  secret_id = data.agyn_env.stripe_api_key.secret_id
}
