import { Env, Secret } from '@agyn/cdktf-provider'
import { AnnotationMetadataEntryType, Testing } from 'cdktf'
import { describe, expect, it } from 'vitest'
import settings from './cdktf.json'
import { CompanyStack } from './company-stack'

const newCompany = () => new CompanyStack(Testing.app({ context: settings }), 'company')

/** As it would be written, or what is wrong with it. */
const synthesized = (company: CompanyStack) => Testing.synth(company, true)

describe('the company', () => {
  it('gives each of them what it needs, and nothing else', () => {
    const envs = newCompany()
      .node.findAll()
      .filter((construct) => construct instanceof Env)
    const given = envs.map(({ consumer, resource }) => `${consumer.label}: ${resource.nameInput}`)
    expect(given.sort()).toEqual([
      'agent refunds: DATABASE_URL',
      'agent refunds: REGION',
      'agent refunds: SIGNING_KEY',
      'agent triage: GITHUB_TOKEN',
      'llm_provider anthropic: ANTHROPIC_API_KEY',
      'mcp_server github: GITHUB_PERSONAL_ACCESS_TOKEN',
      'mcp_server stripe: STRIPE_API_KEY',
    ])
  })

  it('gives support a GitHub token of its own', () => {
    const own = { name: 'github-token', remote_path: 'kv/data/prod/support/github' }
    const company = synthesized(newCompany())
    expect(Testing.toHaveResourceWithProperties(company, 'agyn_secret', own)).toBe(true)
  })

  it('has no secret that nobody is given, and no store that nothing uses', () => {
    const company = newCompany()
    synthesized(company)
    const warnings = company.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === AnnotationMetadataEntryType.WARN)
    expect(warnings).toEqual([])
  })

  it('refuses a secret that somebody writes into it', () => {
    const company = newCompany()
    Secret.local(company, 'pasted', { value: 'sk_live_51H8' })
    expect(() => synthesized(company)).toThrow(/pasted.*in clear text/)
  })
})
