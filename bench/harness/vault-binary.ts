import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findVaultBinary, installOpenBao } from '../../scripts/openbao.ts'

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
