import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  findVaultBinary,
  installOpenBao,
  startDevServer,
  type DevServer,
} from '../../scripts/openbao.ts'
import { Skipped, type Workspace } from './figure.ts'

/** A server of this binary, with a key-value engine of version 2 at `secret/`. */
export async function startVault(workspace: Workspace): Promise<DevServer> {
  const binary = await vaultBinary()
  if (!binary) throw new Skipped('OpenBao is installed with python3, which is not on PATH.')
  return workspace.owning(await startDevServer({ binary }), (it) => it.stop())
}

/** `bao` or `vault` of this machine, or OpenBao installed where the tests have theirs; null when neither can be had. */
export async function vaultBinary(): Promise<string | null> {
  const found = await findVaultBinary()
  if (found) return found
  if (spawnSync('python3', ['--version']).status !== 0) return null
  const cache = fileURLToPath(new URL('../../.cache/openbao', import.meta.url))
  return await installOpenBao(cache, (line) => process.stderr.write(`  ${line}\n`))
}

/** `OpenBao v2.7.2`, or `no OpenBao`. */
export async function vaultVersion(): Promise<string> {
  const binary = await vaultBinary()
  if (!binary) return 'no OpenBao'
  const said = execFileSync(binary, ['version'], { encoding: 'utf8' })
  return /^\w+ v[\d.]+/.exec(said)?.[0] ?? 'an unknown Vault'
}
