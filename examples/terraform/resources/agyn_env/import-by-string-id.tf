import {
  to = agyn_env.stripe_api_key
  id = "acme/agent/billing/STRIPE_API_KEY"
}
