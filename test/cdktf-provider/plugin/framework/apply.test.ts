import { describe, expect, it } from 'vitest'
import {
  OutcomeUnknown,
  TerraformError,
  number,
  provider,
  resource,
  text,
  unknownValue,
  type State,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { connect, none, told, unwire, wire } from '../support/call.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  name: text('Name.').required(),
  secret_wo: text('Secret.').writeOnly(),
  revision: number('Revision.').computed(),
}
type Thing = State<typeof attributes>
type Handler = () => Thing | Promise<Thing>

const config = { id: null, name: 'n', secret_wo: 'hunter2', revision: null }
const planned = { id: unknownValue, name: 'n', secret_wo: null, revision: unknownValue }
const stored = { id: 'i', name: 'n', secret_wo: null, revision: 1 }

async function client(handler: Handler, { newId = true, ready = true } = {}) {
  const thing = resource<object>()({
    type: 'test_thing',
    description: 'A thing.',
    attributes,
    ...(newId ? { newId: (): string | null => 'chosen' } : {}),
    create: handler,
    read: handler,
    update: handler,
    delete: async () => void (await handler()),
    import: async () => ({ id: (await handler()).id }),
  })
  const settings = { url: text('Url.').optional() }
  const call = await connect(
    provider({
      name: 'test',
      version: '1',
      description: 'Test.',
      attributes: settings,
      configure: () => ({}),
      resources: [thing],
      dataSources: [],
    }),
  )
  await call('configureProvider', {
    terraformVersion: '1.11.4',
    config: wire(settings, { url: ready ? null : unknownValue }),
  })
  return call
}

async function apply(
  prior: Value,
  next: Value,
  handler: Handler,
  options?: { newId?: boolean; ready?: boolean },
) {
  const call = await client(handler, options)
  const response = await call('applyResourceChange', {
    typeName: 'test_thing',
    priorState: wire(attributes, prior),
    plannedState: wire(attributes, next),
    config: wire(attributes, next === null ? null : config),
    plannedPrivate: none,
  })
  return {
    state: unwire(attributes, response.newState),
    told: told(response.diagnostics),
    text: JSON.stringify(response.diagnostics),
  }
}

const throwing = (error: unknown) => () => Promise.reject(error)

describe('a create', () => {
  it('stores what the handler returns, without write-only values', async () => {
    const result = await apply(null, planned, () => ({ ...stored, secret_wo: 'hunter2' as never }))
    expect(result).toMatchObject({ state: stored, told: [] })
  })

  it('keeps nothing after an ordinary error', async () => {
    const error = new TerraformError(
      { summary: 'Taken.', path: ['name'] },
      { summary: 'Too long.', path: ['name'] },
    )
    const result = await apply(null, planned, throwing(error))
    expect(result).toMatchObject({ state: null, told: ['name: Taken.', 'name: Too long.'] })
  })

  it.each([
    ['OutcomeUnknown', new OutcomeUnknown({ summary: 'No answer.' })],
    ['a timeout', new DOMException('late', 'TimeoutError')],
    [
      'a broken connection',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
      }),
    ],
  ])('keeps the id and what is known after %s', async (_, error) => {
    const result = await apply(null, planned, throwing(error))
    expect(result.state).toEqual({ id: 'chosen', name: 'n', secret_wo: null, revision: null })
    expect(result.told).toEqual([expect.stringMatching(/^(No answer|The connection broke)/)])
  })

  it('keeps nothing when the id was not chosen before', async () => {
    const error = new OutcomeUnknown({ summary: 'No answer.' })
    expect((await apply(null, planned, throwing(error), { newId: false })).state).toBeNull()
  })

  it('keeps nothing when the request never left', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    expect((await apply(null, planned, throwing(refused))).state).toBeNull()
  })

  it('quotes nothing of an error that was not written for the user', async () => {
    const cause = new Error('hunter2')
    const { told: said, text: whole } = await apply(
      null,
      planned,
      throwing(new Error('the token hunter2 is wrong', { cause })),
    )
    expect(said).toEqual(['The provider failed while creating test_thing.'])
    expect(whole).not.toContain('hunter2')
  })

  it('does not lose an object whose state the handler got wrong', async () => {
    const wrong = { ...stored, id: 'made', revision: 'three' as never }
    const result = await apply(null, planned, () => wrong)
    expect(result.state).toEqual({ id: 'made', name: 'n', secret_wo: null, revision: null })
    expect(result.told).toEqual(['revision: A value does not fit its schema.'])
    expect(await apply(null, planned, () => undefined as never)).toMatchObject({
      state: { id: 'chosen', name: 'n' },
      told: ['A value does not fit its schema.'],
    })
  })

  it('stores null for what the handler left unknown, and says so', async () => {
    const result = await apply(null, planned, () => ({
      ...stored,
      revision: unknownValue as never,
    }))
    expect(result.state).toEqual({ ...stored, revision: null })
    expect(result.told).toEqual(['revision: The provider left `revision` unknown.'])
  })

  it('says what the handler left out, and keeps the id that was chosen', async () => {
    const result = await apply(null, planned, () => ({ name: 'n' }) as never)
    expect(result.state).toEqual({ id: 'chosen', name: 'n', secret_wo: null, revision: null })
    expect(result.told).toEqual([
      'id: The provider gave no `id`.',
      'revision: The provider gave no `revision`.',
    ])
  })
})

describe('an update or a delete', () => {
  it('leaves the prior state after an error', async () => {
    const error = new OutcomeUnknown({ summary: 'No answer.' })
    for (const next of [{ ...planned, id: 'i' }, null]) {
      const result = await apply(stored, next, throwing(error))
      expect(result).toMatchObject({ state: stored, told: ['No answer.'] })
    }
  })

  it('ends in the returned state, or in none', async () => {
    const renamed = { ...stored, name: 'm', revision: 2 }
    expect((await apply(stored, { ...planned, id: 'i' }, () => renamed)).state).toEqual(renamed)
    expect(await apply(stored, null, () => stored)).toMatchObject({ state: null, told: [] })
  })

  it('says what the handler left out, and still knows the object', async () => {
    const result = await apply(stored, { ...planned, id: 'i' }, () => ({ name: 'n' }) as never)
    expect(result.state).toEqual({ ...stored, revision: null })
    expect(result.told).toHaveLength(2)
  })
})

describe('a read', () => {
  const read = async (handler: Handler, options?: { ready?: boolean }) => {
    const call = await client(handler, options)
    const response = await call('readResource', {
      typeName: 'test_thing',
      currentState: wire(attributes, stored),
      private: none,
    })
    return { state: unwire(attributes, response.newState), told: told(response.diagnostics) }
  }

  it('removes the object when the handler says it is gone, and only then', async () => {
    expect(await read(() => null as never)).toEqual({ state: null, told: [] })
    expect(await read(throwing(new TerraformError({ summary: 'Refused.' })))).toEqual({
      state: stored,
      told: ['Refused.'],
    })
  })

  it('keeps the prior state when the handler left something out, and names it', async () => {
    expect(await read(() => ({ ...stored, name: undefined as never, revision: 2 }))).toEqual({
      state: stored,
      told: ['name: The provider gave no `name`.'],
    })
  })

  it('does not take a handler that forgot to answer for an object that is gone', async () => {
    expect(await read(() => undefined as never)).toEqual({
      state: stored,
      told: ['A value does not fit its schema.'],
    })
  })

  it('says what is missing while the provider cannot be configured', async () => {
    const result = await read(() => stored, { ready: false })
    expect(result).toEqual({ state: stored, told: ['Provider test is not configured yet.'] })
  })
})

describe('an import', () => {
  it('answers a state that does not fit with a diagnostic', async () => {
    const call = await client(() => ({ ...stored, id: 3 as never }))
    const response = await call('importResourceState', { typeName: 'test_thing', id: 'x' })
    expect(response.importedResources).toEqual([])
    expect(told(response.diagnostics)).toEqual(['id: A value does not fit its schema.'])
  })

  it('fills with null what the handler does not know', async () => {
    const call = await client(() => stored)
    const response = await call('importResourceState', { typeName: 'test_thing', id: 'x' })
    expect(unwire(attributes, response.importedResources[0]?.state)).toEqual({
      id: 'i',
      name: null,
      secret_wo: null,
      revision: null,
    })
  })
})
