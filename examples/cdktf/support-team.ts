import { Agent, Scope, Secret, type ISecretProvider } from '@agyn/cdktf-provider'
import type { Construct } from 'constructs'

export interface SupportTeamProps {
  readonly vault: ISecretProvider
}

/** Answers customers. Its GitHub token hides the company's, which has the same name. */
export class SupportTeam extends Scope {
  constructor(scope: Construct, id: string, { vault }: SupportTeamProps) {
    super(scope, id, { kind: 'team' })

    const github = Secret.remote(this, 'github-token', {
      provider: vault,
      remotePath: 'kv/data/prod/support/github',
      remoteKey: 'token',
      category: 'integration_credential',
    })
    Agent.named('triage').addEnv('GITHUB_TOKEN', github)
  }
}
