import { describe, expect, it } from 'vitest'
import { Collector } from '../../../../cdktf-provider/plugin/framework/collector.ts'
import { settle, settlePartial } from '../../../../cdktf-provider/plugin/framework/settle.ts'
import { list, number, object, text } from '../../../../cdktf-provider/plugin/index.ts'
import { told } from '../support/call.ts'

const attributes = {
  id: text('Id.').computed(),
  region: text('Region.').orComputed({ nullable: true }),
  note: text('Note.').optional(),
  size: number('Size.').default(3),
  seen: text('Seen.').computed({ nullable: true }),
  pass_wo: text('Pass.').writeOnly(),
  box: object('Box.', { lid: text('Lid.').required() }).optional(),
  rules: list('Rules.', {
    host: text('Host.').required(),
    port: number('Port.').default(1),
  }).required(),
}
const nothing = {
  id: null,
  region: null,
  note: null,
  size: null,
  seen: null,
  pass_wo: null,
  box: null,
  rules: null,
}

const settled = (result: unknown, by = settle) => {
  const diagnostics = new Collector(attributes)
  return { state: by(attributes, result, diagnostics), told: told(diagnostics.messages) }
}

describe('settle', () => {
  it('lets be null what is optional, nullable or write-only, and names all else', () => {
    expect(settled({})).toEqual({
      state: nothing,
      told: [
        'id: The provider gave no `id`.',
        'size: The provider gave no `size`.',
        'rules: The provider gave no `rules`.',
      ],
    })
  })

  it('looks into objects, and not into those that are not there', () => {
    const result = { id: 'i', size: 1, box: {}, rules: [{ host: 'a', port: 2 }, { host: 'b' }] }
    expect(settled(result).told).toEqual([
      'box.lid: The provider gave no `box.lid`.',
      'rules.1.port: The provider gave no `rules.1.port`.',
    ])
    expect(settled({ id: 'i', size: 1, rules: [] }).told).toEqual([])
  })

  it('takes as little as an import knows', () => {
    expect(settled({}, settlePartial)).toEqual({ state: nothing, told: [] })
  })
})
