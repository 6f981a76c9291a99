import {
  to = agyn_api_token.dashboard
  id = "0199a0c4-5f6e-7a31-8c52-3d1f0b7e9a10"
}

# Whoever made it has the token. With `token_wo` it would be replaced by another.
resource "agyn_api_token" "dashboard" {
  name = "dashboard"
  role = "member"
}
