import {
  ephemeralResource,
  number,
  text,
  TerraformError,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Store } from './store.ts'

/** A pass for a reader, whose life is noted in the store. */
export const pass = ephemeralResource<Store>()({
  type: 'shelf_pass',
  description: 'A pass that opens the room while Terraform runs.',
  attributes: {
    reader: text('Whose it is.').required(),
    renews: number('How often it is renewed.').optional(),
    code: text('What opens the door.').computed({ sensitive: true }),
  },
  async open({ client, config }) {
    if (config.reader === 'stranger') {
      throw new TerraformError({ summary: 'No pass for strangers.', path: ['reader'] })
    }
    const lease = { reader: config.reader, left: config.renews ?? 0, used: 0 }
    await client.note(`opened for ${lease.reader}`)
    return { result: { ...config, code: 'hunter2' }, lease, renewAt: soon(lease.left) }
  },
  async renew({ client, lease }) {
    const { reader, left, used } = lease as Lease
    const next = { reader, left: left - 1, used: used + 1 }
    await client.note(`renewed ${next.used} for ${reader}`)
    return { lease: next, renewAt: soon(next.left) }
  },
  async close({ client, lease }) {
    const { reader, used } = lease as Lease
    await client.note(`closed after ${used} for ${reader}`)
  },
})

interface Lease {
  readonly reader: string
  readonly left: number
  readonly used: number
}

/** At once, as often as it is to be. */
const soon = (left: number) => (left > 0 ? new Date() : undefined)
