import { spawnSync } from 'node:child_process'
import { findVaultBinary, installOpenBao, startDevServer } from '../openbao.ts'

/** The path that the example reads, below a key-value engine of version 2. */
const PATH = 'secret/data/billing/database'

export interface Vault {
  /** For people: which one it is. */
  readonly what: string
  readonly address: string
  readonly token: string
  /** Writes a new password at the path that the example reads. */
  write(password: string): Promise<void>
  stop(): Promise<void>
}

/** The Vault that the environment names, or one of our own; null when neither can be had. */
export async function openVault(
  cacheDirectory: string,
  onLine: (line: string) => void,
): Promise<Vault | null> {
  const { VAULT_ADDR: address, VAULT_TOKEN: token } = process.env
  if (address && token) {
    return connect('The Vault of VAULT_ADDR', { address, token, stop: async () => undefined })
  }
  const found = await findVaultBinary()
  if (!found && spawnSync('python3', ['--version']).status !== 0) return null
  const binary = found ?? (await installOpenBao(cacheDirectory, onLine))
  const what = found ? `${found}, in memory` : 'OpenBao, in memory'
  return connect(what, await startDevServer({ binary }))
}

function connect(
  what: string,
  { address, token, stop }: Pick<Vault, 'address' | 'token' | 'stop'>,
): Vault {
  const write = async (password: string) => {
    const response = await fetch(new URL(`/v1/${PATH}`, address), {
      method: 'POST',
      headers: { 'X-Vault-Token': token, 'content-type': 'application/json' },
      body: JSON.stringify({ data: { user: 'billing', password } }),
      redirect: 'error',
    }).catch(() => undefined)
    if (response?.ok) return
    throw new Error(
      `${what} at ${address} does not let us write ${PATH} (${response?.status ?? 'no answer'}). Check VAULT_ADDR and VAULT_TOKEN, and that a key-value engine of version 2 is mounted at secret/.`,
    )
  }
  return { what, address, token, write, stop }
}
