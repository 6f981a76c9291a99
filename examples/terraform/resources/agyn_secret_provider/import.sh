# By the organization and its name
terraform import agyn_secret_provider.vault acme/vault-prod

# or by its id
terraform import agyn_secret_provider.vault 0199a0c4-5f6e-7a31-8c52-3d1f0b7e9a10
