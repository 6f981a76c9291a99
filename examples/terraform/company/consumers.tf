locals {
  # What each agent is given: the name of the variable, and the secret.
  agents = {
    refunds = {
      SIGNING_KEY = agyn_secret.signing_key.id
    }
    triage = {
      GITHUB_TOKEN = agyn_secret.support_github_token.id
    }
  }
  envs = merge([
    for agent, envs in local.agents : {
      for name, secret_id in envs : "${agent}/${name}" => { agent = agent, name = name, secret_id = secret_id }
    }
  ]...)
}

resource "agyn_env" "agent" {
  for_each  = local.envs
  consumer  = { kind = "agent", id = each.value.agent }
  name      = each.value.name
  secret_id = each.value.secret_id
}

resource "agyn_env" "mcp_github" {
  consumer  = { kind = "mcp_server", id = "github" }
  name      = "GITHUB_PERSONAL_ACCESS_TOKEN"
  secret_id = agyn_secret.github_token.id
}

resource "agyn_env" "mcp_stripe" {
  consumer  = { kind = "mcp_server", id = "stripe" }
  name      = "STRIPE_API_KEY"
  secret_id = agyn_secret.stripe_api_key.id
}

# A token of the role llm_proxy is given what is an LLM provider's, and no more.
resource "agyn_env" "anthropic" {
  consumer  = { kind = "llm_provider", id = "anthropic" }
  name      = "ANTHROPIC_API_KEY"
  secret_id = agyn_secret.anthropic.id
}
