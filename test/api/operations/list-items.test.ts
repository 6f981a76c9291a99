import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

/** One thing of each noun, and who may read it. */
const nouns: readonly (readonly [string, (world: World) => string, readonly Reader[]])[] = [
  ['organizations', ({ acme }) => acme.id, ['owner', 'member']],
  ['scopes', ({ acme }) => acme.scopeId, ['owner', 'member']],
  ['api-tokens', ({ acme }) => acme.tokenId, ['owner']],
  ['secret-providers', ({ acme }) => acme.providerId, ['owner', 'member']],
  ['secrets', ({ acme }) => acme.secretId, ['owner', 'member']],
  ['envs', ({ acme }) => acme.envId, ['owner', 'member']],
]

type Reader = 'owner' | 'member'

// Terraform refreshes from lists, and must not miss what reading one would show.
describe.each(nouns)('an item of the list of %s', (noun, idOf, readers) => {
  it.each(readers)('is what reading it answers to an %s, but for the last hour', async (who) => {
    const caller = world.api.as(world.acme[who])
    const id = idOf(world)
    const list = (await caller.get(`/api/${noun}?limit=200`).expect(200)).body
    const item = list.items.find((each: { readonly id: string }) => each.id === id)
    const { body } = await caller.get(`/api/${noun}/${id}`).expect(200)
    const { lastHour: _, ...health } = body.health ?? {}
    expect(item).toEqual(body.health ? { ...body, health } : body)
  })
})
