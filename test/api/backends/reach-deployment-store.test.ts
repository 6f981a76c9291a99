import { describe, expect, it } from 'vitest'
import { Outbound } from '../../../api/backends/outbound/outbound.ts'
import { reachDeploymentStore } from '../../../api/backends/reach-deployment-store.ts'
import type { ProviderSettings } from '../../../api/backends/registry.ts'
import { SecretValue } from '../../../api/keyring/secret-value.ts'

const vaultAt = (address: string): ProviderSettings => ({
  type: 'vault',
  config: { authMethod: 'token', address, token: SecretValue.fromText('t') },
})

const wayTo = (address: string) => new Outbound(reachDeploymentStore(vaultAt(address)))

describe("the way to the deployment's own store", () => {
  it.each([
    'http://127.0.0.1:8200',
    'http://localhost:8200',
    'https://[::1]:8200',
    'https://localhost',
    'http://0.0.0.0',
    'https://vault.internal',
  ])('leads to the address that the operator chose: %s', (address) => {
    expect(() => wayTo(address).checkAddress(address)).not.toThrow()
  })

  it('leads to no other port, and to no other host that is refused', () => {
    const outbound = wayTo('http://127.0.0.1:8200')
    for (const other of ['http://127.0.0.1:8201', 'http://127.0.0.2:8200', 'http://[::1]:8200']) {
      expect(() => outbound.checkAddress(other), other).toThrow(/not allowed/)
    }
  })

  it('keeps what the operator allows anyway, and is not the way of the providers', () => {
    const options = reachDeploymentStore(vaultAt('http://127.0.0.1:8200'), { extraRoots: 'PEM' })
    expect(options.extraRoots).toBe('PEM')
    const ofProviders = new Outbound({})
    expect(() => ofProviders.checkAddress('http://127.0.0.1:8200')).toThrow(/not allowed/)
  })

  it('takes the address of a store that has none of its own as it is', () => {
    const settings = { type: 'aws-sm', config: { region: 'eu-west-1' } } as const
    expect(reachDeploymentStore(settings).allow).toEqual([])
  })
})
