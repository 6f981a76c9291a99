import { rightKeys, startAws } from '../api/backends/aws-sm/fake-aws.ts'
import { startVault } from '../api/backends/vault/fake-vault.ts'

/** What whoever applies the company of examples/cdktf sets, and what must be nowhere afterwards. */
export const canaries = {
  vaultSecretId: 'canary-of-the-approle',
  awsAccessKeyId: rightKeys.accessKeyId,
  awsSecretAccessKey: rightKeys.secretAccessKey,
  anthropicApiKey: 'sk-ant-canary',
  signingKey: 'canary-of-payments',
}

/** The company's Vault and its AWS account, with the secrets that are read there. */
export interface CompanyStores {
  /** What its variables are set to. */
  readonly variables: Readonly<Record<`TF_VAR_${string}`, string>>
  /** Writes the GitHub token of the whole company, as JSON. */
  putGithub(json: string): void
  close(): Promise<void>
}

export async function startCompanyStores(): Promise<CompanyStores> {
  const aws = await startAws()
  aws.secrets.store('prod/stripe', '{"apiKey":"sk_live"}')
  const vault = await startVault({
    mounts: { kv: 2 },
    logins: { approle: { accepts: ({ secret_id }) => secret_id === canaries.vaultSecretId } },
  })
  vault.put('kv/data/prod/payments/database', '{"password":"p@ss"}')
  vault.put('kv/data/prod/support/github', '{"token":"ghp_support"}')
  const putGithub = (json: string) => vault.put('kv/data/prod/github', json)
  putGithub('{"token":"ghp_company"}')
  return {
    variables: {
      TF_VAR_vault_address: vault.address,
      TF_VAR_vault_secret_id: canaries.vaultSecretId,
      TF_VAR_aws_endpoint: aws.address,
      TF_VAR_aws_access_key_id: canaries.awsAccessKeyId,
      TF_VAR_aws_secret_access_key: canaries.awsSecretAccessKey,
      TF_VAR_anthropic_api_key: canaries.anthropicApiKey,
      TF_VAR_signing_key: canaries.signingKey,
    },
    putGithub,
    async close() {
      await aws.close()
      await vault.close()
    },
  }
}
