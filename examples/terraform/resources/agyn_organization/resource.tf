# Takes the token of an admin. With an owner's, leave `organization_id` out everywhere instead.
resource "agyn_organization" "acme" {
  name = "acme"
}
