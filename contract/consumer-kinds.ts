/** What can receive an env. Apart from the schemas, so that the Terraform provider has it without zod. */
export const consumerKinds = [
  'agent',
  'mcp_server',
  'hook',
  'llm_provider',
  'image_pull_secret',
] as const

export type ConsumerKind = (typeof consumerKinds)[number]
