#!/usr/bin/env bash
# Gives a provider another token. Only what is sent changes; workloads that start from now on use it.
#
#   VAULT_TOKEN=hvs... ./rotate-token.sh vault-prod
set -euo pipefail
source "$(dirname "$0")/call.sh"
: "${VAULT_TOKEN:?Set it to the new token}" "${1:?Name the provider}"

PROVIDER_ID=$(
  get "/api/secret-providers" --get --data-urlencode "name=$1" |
    node -p 'JSON.parse(require("node:fs").readFileSync(0, "utf8") || "{}").items?.[0]?.id ?? ""'
)
: "${PROVIDER_ID:?There is no such provider}"
json '{ config: { token: env.VAULT_TOKEN } }' | send PATCH "/api/secret-providers/$PROVIDER_ID" >/dev/null
json '{}' | send POST "/api/secret-providers/$PROVIDER_ID/test"
