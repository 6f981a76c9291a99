# By its id, which `GET /api/api-tokens` lists
terraform import agyn_api_token.dashboard 0199a0c4-5f6e-7a31-8c52-3d1f0b7e9a10
