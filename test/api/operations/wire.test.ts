import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchanges } from '../../contract/wire/exchanges.ts'
import { Names } from '../../contract/wire/shapes.ts'
import { ADMIN_TOKEN, startTestApi, type TestApi } from '../../support/test-api.ts'
import { rightToken, startVault, type FakeVault } from '../backends/vault/fake-vault.ts'

let api: TestApi
let vault: FakeVault
let names: Names
beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2 } })
  vault.put('secret/data/prod/db', '{"user":"u","pass":"p"}')
  api = await startTestApi()
  names = new Names({ vault: vault.address, vaultToken: rightToken })
})
afterAll(async () => {
  await api.close()
  await vault.close()
})

/** One after another: each goes on where the one before it ended. */
describe('the wire', () => {
  it.each(exchanges)('$title', async (exchange) => {
    const [method = '', path = ''] = names.fill(exchange.send).split(' ')
    const caller = api.as(exchange.as === undefined ? ADMIN_TOKEN : names.get(exchange.as))
    const send = caller[method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete']
    const response = await send(path, names.fill(exchange.body) as object).set(
      exchange.headers ?? {},
    )

    const answer = response.status === 204 ? undefined : (response.body as unknown)
    expect(answer).toEqual(names.expected(exchange.answer, answer))
    expect(response.status).toBe(exchange.status)
    for (const [name, value] of Object.entries(exchange.answerHeaders ?? {})) {
      expect(response.headers[name]).toBe(names.expected(value, response.headers[name]))
    }
  })
})
