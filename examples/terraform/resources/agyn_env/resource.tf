variable "stripe_api_key" {
  type      = string
  ephemeral = true
  default   = null
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

resource "agyn_scope" "payments" {
  kind = "team"
  name = "payments"
}

resource "agyn_secret" "database_password" {
  scope_id         = agyn_scope.payments.id
  name             = "database-password"
  value_wo         = var.database_password
  value_wo_version = 1
}

variable "database_password" {
  type      = string
  ephemeral = true
  default   = null
}

locals {
  # The name of a secret in a scope begins with the path of the scope.
  database_password = join("/", concat(agyn_scope.payments.path, [agyn_secret.database_password.name]))
}

resource "agyn_env" "database_url" {
  consumer = { kind = "agent", id = "billing" }
  name     = "DATABASE_URL"
  template = "postgres://app:$${secret:${local.database_password}}@db/app"
}
