# By the organization, the consumer and its name, each percent-encoded
terraform import agyn_env.stripe_api_key acme/agent/billing/STRIPE_API_KEY

# or by its id
terraform import agyn_env.stripe_api_key 0199a0c4-5f6e-7a31-8c52-3d1f0b7e9a10
