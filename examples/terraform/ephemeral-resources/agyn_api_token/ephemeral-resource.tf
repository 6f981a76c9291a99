# Made for this run, prolonged while it lasts, revoked at its end
ephemeral "agyn_api_token" "reader" {
  name = "terraform preflight"
  role = "member"
}

provider "agyn" {
  alias     = "reader"
  api_token = ephemeral.agyn_api_token.reader.token
}

data "agyn_preflight" "billing" {
  provider = agyn.reader
  consumer = { kind = "agent", id = "billing" }
}
