import {
  to = agyn_organization.acme
  id = "acme"
}
