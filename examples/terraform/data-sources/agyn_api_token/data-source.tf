data "agyn_api_token" "orchestrator" {
  name = "orchestrator"
}

# Warns, in every plan, when it has less than two weeks left.
check "orchestrator" {
  assert {
    condition     = timecmp(plantimestamp(), timeadd(data.agyn_api_token.orchestrator.expires_at, "-336h")) < 0
    error_message = "The token of the orchestrator ends at ${data.agyn_api_token.orchestrator.expires_at}."
  }
}
