import {
  to = agyn_scope.checkout
  id = "acme/payments/checkout"
}
