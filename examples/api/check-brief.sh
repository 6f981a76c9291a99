#!/usr/bin/env bash
# Says whether a task of a scope would get its secrets. For CI: ends with 1 when it would not.
#
#   ./check-brief.sh payments/eu stripe-api-key db-password
set -euo pipefail
source "$(dirname "$0")/call.sh"
: "${1:?Give the path of a scope, such as payments/eu}"

SCOPES=$(get "/api/scopes?path=$(node -p 'encodeURIComponent(process.argv[1])' "$1")")
SCOPE_ID=$(SCOPES=$SCOPES node -p "JSON.parse(process.env.SCOPES).items[0]?.id ?? ''")
: "${SCOPE_ID:?There is no such scope}"
REFS=$(printf '%s\n' "${@:2}")
export SCOPE_ID REFS
ANSWER=$(
  json '{ scopeId: env.SCOPE_ID, secretRefs: env.REFS.split("\n").filter(Boolean) }' |
    send POST /api/preflight/brief
)
export ANSWER
node -e "
  const { ok, items } = JSON.parse(process.env.ANSWER)
  for (const { env, ok, version = '-', detail = 'ok' } of items) console.log(env, version, detail)
  process.exitCode = ok ? 0 : 1
"
