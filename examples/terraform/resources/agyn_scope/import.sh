# By the organization and the names from its root down
terraform import agyn_scope.checkout acme/payments/checkout

# or by its id
terraform import agyn_scope.checkout 0199a0c4-5f6e-7a31-8c52-3d1f0b7e9a10
