import { expect, it } from 'vitest'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../../../api/backends/outbound/outbound.ts'
import { VaultTransport } from '../../../../api/backends/vault/vault-transport.ts'
import { startVault } from './fake-vault.ts'

const { signal } = new AbortController()

it('sends nothing whose path would change on the way, even if the path grammar let it through', async () => {
  const vault = await startVault({ mounts: {} })
  const outbound = new Outbound({ allow: parseAllowList('127.0.0.1') })
  const transport = await VaultTransport.load({
    connection: outbound.connect({ address: vault.address }),
    namespace: undefined,
  })
  for (const segments of [['..', 'x'], ['secret', '..', '..', 'x'], ['secret', '.', 'x'], ['..']]) {
    await expect(
      transport.request({ method: 'GET', segments }, { signal, token: 'hvs.token' }),
    ).rejects.toThrow(TypeError)
  }
  expect(vault.connections()).toBe(0)
  await vault.close()
})
