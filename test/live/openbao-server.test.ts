import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { findVaultBinary, installOpenBao, startDevServer } from '../../scripts/openbao.ts'

it('starts servers side by side, and stops only the one it is told to', async () => {
  const binary = (await findVaultBinary()) ?? (await installOpenBao(resolve('.cache/openbao')))
  const [first, second] = await Promise.all([
    startDevServer({ binary }),
    startDevServer({ binary }),
  ])
  const health = (address: string) =>
    fetch(`${address}/v1/sys/health`).then(
      ({ status }) => status,
      () => 'gone',
    )
  await first.stop()
  await first.stop()
  expect(await health(first.address)).toBe('gone')
  expect(await health(second.address)).toBe(200)
  expect(first.token).not.toBe(second.token)
  await second.stop()
})

it('says what is missing where there is no Python', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'openbao-'))
  const path = process.env['PATH']
  process.env['PATH'] = cache
  try {
    await expect(installOpenBao(cache)).rejects.toThrow('python3, which was not found')
    expect(await findVaultBinary()).toBeNull()
  } finally {
    process.env['PATH'] = path
    await rm(cache, { recursive: true })
  }
})
