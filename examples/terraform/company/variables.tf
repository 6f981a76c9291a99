variable "vault_address" {
  type        = string
  description = "Address of Vault or OpenBao."
}

variable "credentials" {
  type = object({
    vault_secret_id = string
    aws_access_key  = object({ id = string, secret = string })
    anthropic       = string
    signing_key     = string
  })
  ephemeral   = true
  default     = null
  description = "Given when `credentials_version` is raised; in no state and no plan."
}

variable "credentials_version" {
  type    = number
  default = 1
}
