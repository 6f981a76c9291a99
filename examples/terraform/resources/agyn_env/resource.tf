variable "stripe_api_key" {
  type      = string
  ephemeral = true
}

resource "agyn_secret" "stripe_api_key" {
  name             = "stripe-api-key"
  value_wo         = var.stripe_api_key
  value_wo_version = 1
}

# The value of a secret
resource "agyn_env" "stripe_api_key" {
  consumer  = { kind = "agent", id = "billing" }
  name      = "STRIPE_API_KEY"
  secret_id = agyn_secret.stripe_api_key.id
}

# A plain value, which is shown
resource "agyn_env" "region" {
  consumer = { kind = "agent", id = "billing" }
  name     = "REGION"
  value    = "eu-west-1"
}

# A text made of secrets, by name. `$${` is how HCL writes `${`.
resource "agyn_env" "stripe_url" {
  consumer = { kind = "mcp_server", id = "payments" }
  name     = "STRIPE_URL"
  template = "https://$${secret:${agyn_secret.stripe_api_key.name}}@api.stripe.com"
}
