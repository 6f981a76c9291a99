import { spawnSync } from 'node:child_process'
import { within } from '../../api/deadline.ts'
import { findVaultBinary, installOpenBao, startDevServer, type DevServer } from '../openbao.ts'

/** The path that the example reads, below a key-value engine of version 2. */
export const QUICKSTART_PATH = 'secret/data/agyn-quickstart/database'

/** Stands in what a quickstart has written, so that the next one knows it for its own. */
const MADE_BY = 'agyn-secrets quickstart'

export interface Vault {
  /** For people: which one it is. */
  readonly what: string
  readonly address: string
  readonly token: string
  /** Writes a new password at the path that the example reads. Rejects when somebody else's secret is there. */
  write(password: string): Promise<void>
  stop(): Promise<void>
}

/** The Vault that the environment names, or one of our own; null when neither can be had. */
export async function openVault(
  cacheDirectory: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<Vault | null> {
  const { VAULT_ADDR: address, VAULT_TOKEN: token } = process.env
  if (address && token) {
    const stop = () => Promise.resolve()
    return connect('The Vault of VAULT_ADDR', { address, token, stop }, signal)
  }
  const found = await findVaultBinary()
  if (!found && spawnSync('python3', ['--version']).status !== 0) return null
  const binary = found ?? (await installOpenBao(cacheDirectory, onLine, signal))
  const what = found ? `${found}, in memory` : 'OpenBao, in memory'
  return connect(what, await startDevServer({ binary, signal }), signal)
}

function connect(what: string, server: DevServer, signal: AbortSignal): Vault {
  const { address, token, stop } = server
  const ask = async (method: 'GET' | 'POST', body?: object): Promise<Answer> => {
    const asked = async (inTime: AbortSignal): Promise<Answer> => {
      const response = await fetch(new URL(`/v1/${QUICKSTART_PATH}`, address), {
        method,
        headers: { 'X-Vault-Token': token, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: inTime,
      })
      const content = (await response.json().catch(() => undefined)) as Answer['content']
      return { status: response.status, content }
    }
    const answer = await within(ANSWER_MS, asked, signal).catch(() => noAnswer)
    signal.throwIfAborted()
    return answer
  }
  const refused = ({ status }: Answer) =>
    new Error(
      `${what} at ${address} does not let us read and write ${QUICKSTART_PATH} (${status}). Check VAULT_ADDR and VAULT_TOKEN, and that a key-value engine of version 2 is mounted at secret/.`,
    )
  const notOurs = () =>
    new Error(
      `${what} at ${address} holds something at ${QUICKSTART_PATH} that no quickstart has made, and it was left as it is. Move it away, or unset VAULT_ADDR to try with an OpenBao in memory.`,
    )
  const write = async (password: string) => {
    const before = await ask('GET')
    const { data, metadata } = before.content?.data ?? {}
    // Version 1 has no metadata, and would not mind what it overwrites.
    if (before.status !== 404 && !(before.status === 200 && metadata)) throw refused(before)
    // A deleted one answers 404 with its metadata, and nobody can tell any more whose it was.
    if (metadata && data?.made_by !== MADE_BY) throw notOurs()
    const written = await ask('POST', {
      // Check-and-set: 0 creates, and fails where anything is; else nobody may have come between.
      options: { cas: metadata?.version ?? 0 },
      data: { user: 'billing', password, made_by: MADE_BY },
    })
    if (written.content?.errors?.join().includes('check-and-set')) throw notOurs()
    if (written.status !== 200) throw refused(written)
  }
  return { what, address, token, write, stop }
}

const ANSWER_MS = 10_000

const noAnswer: Answer = { status: 'no answer', content: undefined }

interface Answer {
  readonly status: number | 'no answer'
  readonly content:
    | {
        readonly errors?: readonly string[]
        readonly data?: {
          readonly data?: { readonly made_by?: unknown } | null
          readonly metadata?: { readonly version?: number }
        }
      }
    | undefined
}
