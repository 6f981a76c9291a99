import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import {
  type DevServer,
  findVaultBinary,
  installOpenBao,
  startDevServer,
} from '../../scripts/openbao.ts'

/** The server of a test, and a root's hand on it. */
export interface Admin extends DevServer {
  call(method: string, path: string, body?: object | string): Promise<unknown>
  mount(path: string, version: 1 | 2): Promise<void>
  /** Answers the name under which it is kept. */
  policy(text: string): Promise<string>
  tokenFor(policy: string): Promise<string>
}

export async function startAdmin(): Promise<Admin> {
  const binary =
    (await findVaultBinary()) ?? (await installOpenBao(resolve('.cache/openbao'), console.log))
  const server = await startDevServer({ binary })
  const call: Admin['call'] = async (method, path, body) => {
    const response = await fetch(`${server.address}/v1/${path}`, {
      method,
      headers: { 'X-Vault-Token': server.token },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const policy: Admin['policy'] = async (text) => {
    const name = `policy-${randomUUID()}`
    await call('PUT', `sys/policies/acl/${name}`, { policy: text })
    return name
  }
  return {
    ...server,
    call,
    async mount(path, version) {
      await call('POST', `sys/mounts/${path}`, {
        type: 'kv',
        options: { version: String(version) },
      })
      // A version 2 mount answers 400 until it has finished upgrading itself.
      while (version === 2 && !(await call('GET', `${path}/config`).catch(() => null)));
    },
    policy,
    async tokenFor(text) {
      const made = await call('POST', 'auth/token/create', {
        policies: [await policy(text)],
        display_name: 'tests',
        ttl: '1h',
      })
      return (made as { auth: { client_token: string } }).auth.client_token
    },
  }
}
