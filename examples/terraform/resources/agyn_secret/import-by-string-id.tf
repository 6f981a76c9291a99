import {
  to = agyn_secret.payments_stripe_api_key
  id = "acme/payments/stripe-api-key"
}
