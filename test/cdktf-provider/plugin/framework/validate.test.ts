import { describe, expect, it } from 'vitest'
import {
  ExactNumber,
  exactNumber,
  isUnknown,
  list,
  map,
  number,
  object,
  provider,
  resource,
  text,
  unknownValue,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { connect, told, wire } from '../support/call.ts'

const attributes = {
  port: number('Port.').optional(),
  huge: exactNumber('Huge.').optional(),
  shares: list('Shares.', 'number').optional(),
  pass_wo: text('Pass.').writeOnly(),
  rules: map('Rules.', {
    hosts: list('Hosts.', { name: text('Name.').required() }).required(),
  }).optional(),
  box: object('Box.', { lid: text('Lid.').required() }).optional(),
}
const empty = { port: null, huge: null, shares: null, pass_wo: null, rules: null, box: null }

async function validate(config: Value, writeOnlyAttributesAllowed = true) {
  const thing = resource<null>()({
    type: 'test_thing',
    description: 'A thing.',
    attributes,
    async validate({ config: { box }, diagnostics }) {
      if (box === null || isUnknown(box) || isUnknown(box.lid)) return
      diagnostics.warn({ summary: 'A lid.', path: ['box', 'lid'] })
      diagnostics.error({ summary: 'A host.', path: ['rules', 'a', 'hosts', 1, 'name'] })
      diagnostics.error({ summary: 'Off the schema.', path: ['box', 'lid', 'nowhere', 3] })
    },
    create: () => Promise.reject(new Error()),
    read: () => null,
    update: () => Promise.reject(new Error()),
    delete: () => {},
  })
  const call = await connect(
    provider({
      name: 'test',
      version: '1',
      description: 'Test.',
      attributes: {},
      configure: () => null,
      resources: [thing],
      dataSources: [],
    }),
  )
  const { diagnostics } = await call('validateResourceConfig', {
    typeName: 'test_thing',
    config: wire(attributes, config),
    clientCapabilities: { deferralAllowed: false, writeOnlyAttributesAllowed },
  })
  return diagnostics
}

describe('validation', () => {
  it('points to attributes, list elements and map keys as the wire tells them apart', async () => {
    const [warning, error, off] = await validate({ ...empty, box: { lid: 'x' } })
    expect(warning?.severity).toBe(2)
    expect(error?.attribute?.steps.map(({ selector }) => selector?.$case)).toEqual([
      'attributeName',
      'elementKeyString',
      'attributeName',
      'elementKeyInt',
      'attributeName',
    ])
    expect(off?.attribute?.steps).toHaveLength(2)
  })

  it('lets unknown values pass', async () => {
    expect(await validate({ ...empty, box: { lid: unknownValue }, port: unknownValue })).toEqual([])
    expect(await validate({ ...empty, box: unknownValue, rules: unknownValue })).toEqual([])
  })

  it('refuses numbers a handler would get rounded', async () => {
    const big = new ExactNumber('9007199254740993')
    expect(told(await validate({ ...empty, port: big, huge: big, shares: [1, big] }))).toEqual([
      'port: The number has more digits than this argument can hold.',
      'shares: The number has more digits than this argument can hold.',
    ])
  })

  it('refuses write-only values from a Terraform that would store them', async () => {
    expect(told(await validate({ ...empty, pass_wo: 'hunter2' }, false))).toEqual([
      'pass_wo: Write-only arguments need Terraform 1.11 or newer.',
    ])
    expect(await validate({ ...empty }, false)).toEqual([])
  })
})
