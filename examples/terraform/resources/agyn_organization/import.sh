# By its name
terraform import agyn_organization.acme acme

# or its id
terraform import agyn_organization.acme 0199a0c4-5f6e-7a31-8c52-3d1f0b7e9a10
