#!/usr/bin/env bash
# Keeps a value here, encrypted, and gives it to the agent "billing" as STRIPE_API_KEY.
#
#   STRIPE_API_KEY=sk_live_... ./keep-secret.sh
set -euo pipefail
source "$(dirname "$0")/call.sh"
: "${STRIPE_API_KEY:?Set it to the value}"

SECRET_ID=$(
  json '{ name: "stripe-api-key", category: "integration_credential", value: env.STRIPE_API_KEY }' |
    send POST /api/secrets | field id
)
export SECRET_ID
json '{ consumer: { kind: "agent", id: "billing" }, name: "STRIPE_API_KEY", secretId: env.SECRET_ID }' |
  send POST /api/envs >/dev/null
# Whoever reads it back sees a mask.
get "/api/secrets/$SECRET_ID"
