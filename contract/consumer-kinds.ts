/** What can receive an env. Apart from the schemas, so that the Terraform provider has it without zod. */
export const consumerKinds = [
  'agent',
  'mcp_server',
  'hook',
  'llm_provider',
  'image_pull_secret',
] as const

export type ConsumerKind = (typeof consumerKinds)[number]

/**
 * What becomes a process, and takes its envs as environment variables: `execve` ends each at its first
 * NUL, so none can hold one. The others hand their envs on as bytes, and may be given anything.
 */
export const processKinds = [
  'agent',
  'mcp_server',
  'hook',
] as const satisfies readonly ConsumerKind[]

export const becomesProcess = (kind: ConsumerKind): boolean =>
  processKinds.some((process) => process === kind)
