terraform {
  required_version = ">= 1.11" # write-only arguments
  required_providers {
    agyn = {
      source = "agynio/agyn"
    }
  }
}

# Address and token come from AGYN_API_URL and AGYN_API_TOKEN: an owner's of the company's organization.
provider "agyn" {}
