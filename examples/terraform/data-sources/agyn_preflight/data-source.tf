variable "github_token" {
  type      = string
  ephemeral = true
  default   = null
}

resource "agyn_secret" "github_token" {
  name             = "github-token"
  value_wo         = var.github_token
  value_wo_version = 1
}

resource "agyn_env" "github_token" {
  consumer  = { kind = "agent", id = "reviewer" }
  name      = "GITHUB_TOKEN"
  secret_id = agyn_secret.github_token.id
}

# A gate: each reason why the agent would not start is an error. It is read at plan; or, when something that
# it depends on is to change, at apply and after it. So name envs, secrets and secret providers, all of them.
# A consumer without envs passes, a misspelt one too: `agyn-secrets preflight --require-envs` says no to it.
data "agyn_preflight" "reviewer" {
  consumer   = { kind = "agent", id = "reviewer" }
  depends_on = [agyn_env.github_token, agyn_secret.github_token]
}

output "variables" {
  value = data.agyn_preflight.reviewer.items[*].env
}

# Or a warning, which blocks neither a change of something else nor `terraform destroy`
data "agyn_preflight" "warning" {
  consumer   = { kind = "agent", id = "reviewer" }
  fail       = false
  depends_on = [agyn_env.github_token, agyn_secret.github_token]
}

check "reviewer_would_start" {
  assert {
    condition = data.agyn_preflight.warning.ok
    error_message = join("\n", [
      for item in data.agyn_preflight.warning.items : "${item.env}: ${item.detail}" if !item.ok
    ])
  }
}
