#!/usr/bin/env bash
# Starts a command as an orchestrator starts an agent: with its envs, all of them or not at all.
# AGYN_API_TOKEN is an orchestrator's; an owner may not read values.
#
#   ./run-with-envs.sh billing printenv STRIPE_API_KEY
set -euo pipefail
source "$(dirname "$0")/call.sh"
export AGENT="${1:?Name the agent}"

resolved=$(json '{ consumer: { kind: "agent", id: env.AGENT } }' | send POST /api/resolve/workload)
# On stdin, not in the environment, until it is the command's own.
node -e '
  const { env } = JSON.parse(require("node:fs").readFileSync(0, "utf8"))
  const { AGYN_API_TOKEN, ...own } = process.env
  for (const { name, value, encoding } of env) own[name] = Buffer.from(value, encoding).toString()
  const [command, ...args] = process.argv.slice(1)
  const { spawnSync } = require("node:child_process")
  const options = { env: own, stdio: ["ignore", "inherit", "inherit"] }
  process.exitCode = spawnSync(command, args, options).status ?? 1
' -- "${@:2}" <<<"$resolved"
