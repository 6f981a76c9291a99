# Sourced by the examples beside it. Nothing secret becomes an argument of a command, which every user
# of the machine could list: the token is read from a pipe, and bodies come on stdin.

: "${AGYN_API_URL:?Set it to the address of the API, such as http://127.0.0.1:8080}"
: "${AGYN_API_TOKEN:?Set it to a token of your organization}"

# send METHOD PATH: sends JSON from stdin, prints the answer; a refusal goes to stderr.
send() {
  get "$2" --request "$1" --header 'Content-Type: application/json' --data-binary @-
}

# get PATH: prints the answer.
get() {
  local answer
  answer=$(
    curl --silent --show-error --fail-with-body "${@:2}" \
      --config <(printf 'header = "Authorization: Bearer %s"\n' "$AGYN_API_TOKEN") \
      "$AGYN_API_URL$1"
  ) || {
    echo "$answer" >&2
    return 1
  }
  echo "$answer"
}

# json EXPRESSION: prints JSON; `env` in the expression is the environment.
json() {
  node -p "const { env } = process; JSON.stringify($1)"
}

# field NAME: prints a field of the JSON on stdin.
field() {
  node -p "JSON.parse(require('node:fs').readFileSync(0, 'utf8') || '{}')['$1']"
}
