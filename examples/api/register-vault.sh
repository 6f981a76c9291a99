#!/usr/bin/env bash
# Tries a Vault or OpenBao, registers it, and points a secret to a value in it.
#
#   VAULT_ADDR=https://vault.internal:8200 VAULT_TOKEN=hvs... ./register-vault.sh
set -euo pipefail
source "$(dirname "$0")/call.sh"
: "${VAULT_ADDR:?Set it to the address of Vault}" "${VAULT_TOKEN:?Set it to a token that may read}"

provider='{ name: "vault-prod", type: "vault", config: { address: env.VAULT_ADDR, token: env.VAULT_TOKEN } }'
tried=$(json "$provider" | send POST /api/secret-providers/test)
if [ "$(field ok <<<"$tried")" != true ]; then
  echo "$tried" >&2
  exit 1
fi
PROVIDER_ID=$(json "$provider" | send POST /api/secret-providers | field id)
export PROVIDER_ID
json '{
  name: "database-password",
  providerId: env.PROVIDER_ID,
  remotePath: "secret/data/billing/database",
  remoteKey: "password",
}' | send POST /api/secrets
