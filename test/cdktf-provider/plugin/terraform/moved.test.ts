import { describe, expect, it } from 'vitest'
import { provider, resource, text } from '../../../../cdktf-provider/plugin/index.ts'
import { attached } from '../support/attached.ts'
import { shelfAddress } from '../support/terraform.ts'

const atticAddress = 'example.com/test/attic'

/** Another provider, whose objects become ours. */
const attic = provider({
  name: 'attic',
  version: '1.0.0',
  description: 'The attic.',
  attributes: {},
  configure: () => null,
  resources: ['attic_crate', 'attic_trunk'].map((type) =>
    resource<null>()({
      type,
      description: 'Something in the attic.',
      attributes: { id: text('Id.').computed(), title: text('Title.').required() },
      create: () => Promise.reject(new Error()),
      read: ({ state }) => state,
      update: ({ prior }) => prior,
      delete: () => {},
    }),
  ),
  dataSources: [],
})

const box = (name: string, label: string) => `resource "shelf_box" "${name}" { label = "${label}" }`
const moved = (from: string, to: string) => `moved {\n from = ${from}\n to = ${to}\n}\n`

describe('terraform with a moved block', () => {
  const workspaceOf = attached({ [atticAddress]: attic })

  it('gives an object another name without a change', async () => {
    const workspace = workspaceOf(box('a', 'A'))
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    const before = workspace.state('shelf_box')
    workspace.configure(`${box('b', 'A')}\n${moved('shelf_box.a', 'shelf_box.b')}`)
    expect((await workspace.apply()).output).toContain('0 added, 0 changed, 0 destroyed')
    expect(workspace.state('shelf_box')).toEqual(before)
  })

  it('takes over the object of another provider, and changes nothing that is the same', async () => {
    const workspace = workspaceOf(`${box('a', 'A')}\n${moved('attic_crate.a', 'shelf_box.a')}`)
    workspace.forge({
      provider: atticAddress,
      type: 'attic_crate',
      attributes: { id: 'i', title: 'A' },
      private: Buffer.from('theirs, and no JSON').toString('base64'),
    })
    expect((await workspace.apply()).output).toContain('0 added, 0 changed, 0 destroyed')
    expect(workspace.state('shelf_box')).toMatchObject({ id: 'i', label: 'A', remembered: null })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })

  it('refuses what cannot become its own, and leaves it in the state', async () => {
    const workspace = workspaceOf(`${box('a', 'A')}\n${moved('attic_trunk.a', 'shelf_box.a')}`)
    workspace.forge({
      provider: atticAddress,
      type: 'attic_trunk',
      attributes: { id: 'i', title: 'A' },
    })
    const { code, output } = await workspace.apply()
    expect(code).toBe(1)
    expect(output).toContain(`A attic_trunk of ${atticAddress} cannot become a shelf_box.`)
    expect(workspace.state('attic_trunk')).toMatchObject({ id: 'i' })
  })

  it('goes on with what `terraform state replace-provider` gave it', async () => {
    const workspace = workspaceOf(box('a', 'A'))
    const attributes = { id: 'i', label: 'A', opened: true }
    workspace.forge({ provider: atticAddress, type: 'shelf_box', version: 1, attributes })
    const replace = ['state', 'replace-provider', '-auto-approve', atticAddress, shelfAddress]
    expect(await workspace.run(...replace)).toMatchObject({ code: 0 })
    expect(await workspace.plan()).toMatchObject({ code: 0 })
  })
})
