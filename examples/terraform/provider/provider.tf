terraform {
  required_providers {
    agyn = {
      source  = "agynio/agyn"
      version = "~> 0.1"
    }
  }
}

# Address and token come from AGYN_API_URL and AGYN_API_TOKEN, which keeps the token out of every file.
provider "agyn" {}
