# Of the root scope: by the organization and its name
terraform import agyn_secret.stripe_api_key acme/stripe-api-key

# of another scope: with the names that lead to it
terraform import agyn_secret.payments_stripe_api_key acme/payments/stripe-api-key

# or by its id
terraform import agyn_secret.stripe_api_key 0199a0c4-5f6e-7a31-8c52-3d1f0b7e9a10
