import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Read, ReadOutcome, SecretBackend } from '../../../../api/backends/backend.ts'
import { ReadQueue } from '../../../../api/backends/read-queue.ts'
import { FakeClock } from '../fake-clock.ts'
import { failing, type FakeAws, send, startAws } from './fake-aws.ts'
import { openAws } from './open-aws.ts'

const signal = AbortSignal.timeout(60_000)
const batchCall = 'secretsmanager:BatchGetSecretValue'
const singleCall = 'secretsmanager:GetSecretValue'

describe('reads of AWS secrets in one call', () => {
  let aws: FakeAws
  let backend: SecretBackend
  let clock: FakeClock
  beforeEach(async () => {
    clock = new FakeClock()
    aws = await startAws()
    backend = await openAws(aws.address, { clock })
    for (const name of ['a', 'b', 'c']) aws.secrets.store(name, `value of ${name}`)
  })
  afterEach(() => aws.close())

  const batch = async (...reads: readonly (string | Read)[]) =>
    (await backend.batch?.read(
      reads.map((each) => (typeof each === 'string' ? { path: each } : each)),
      { signal },
    )) ?? []
  const texts = (outcomes: readonly ReadOutcome[]) =>
    outcomes.map((each) =>
      each && 'value' in each ? each.value.reveal().toString() : (each?.code ?? null),
    )
  const singly = (count: number) => [batchCall, ...Array<string>(count).fill(singleCall)]

  it('take two calls for twenty-one', async () => {
    const names = Array.from({ length: 21 }, (_, at) => `many/${at}`)
    for (const name of names) aws.secrets.store(name, name)
    const queue = new ReadQueue(backend)
    const all = await Promise.all(names.map((path) => queue.read({ path }, { signal })))
    expect(texts(all)).toEqual(names)
    // The last one goes alone.
    expect(aws.calls.sort()).toEqual([batchCall, singleCall])
  })

  it('take one call for all that are named, however often and however', async () => {
    const arn = aws.secrets.arnOf('b')
    const outcomes = await batch('a', arn, 'b', arn.slice(0, -7), 'a')
    const b = 'value of b'
    expect(texts(outcomes)).toEqual(['value of a', b, b, b, 'value of a'])
    expect(aws.calls).toEqual([batchCall])
    expect(JSON.parse(aws.last().body)).toEqual({ SecretIdList: ['a', arn, 'b', arn.slice(0, -7)] })
  })

  it('are not more than twenty', async () => {
    await expect(batch(...Array<string>(21).fill('a'))).rejects.toThrow(RangeError)
    expect(aws.calls).toEqual([])
  })

  it('stop when they are told to', async () => {
    const aborted = { signal: AbortSignal.abort() }
    const reads = ['a', 'b'].map((path) => ({ path }))
    expect(texts((await backend.batch?.read(reads, aborted)) ?? [])).toEqual(['timeout', 'timeout'])
    expect(aws.calls).toEqual([])
  })

  it('have each an outcome of its own', async () => {
    aws.secrets.store('leaving', 'x')
    aws.secrets.operations['DeleteSecret']?.({ SecretId: 'leaving' } as never)
    const outcomes = await batch('a', 'none', 'forbidden', 'leaving', 'no name', 'c')
    expect(texts(outcomes)).toEqual([
      'value of a',
      null,
      'forbidden',
      'version_deleted',
      'path_invalid',
      'value of c',
    ])
    expect(aws.calls).toEqual([batchCall])
  })

  it('name versions in calls of their own, at the same time', async () => {
    const version = aws.secrets.store('a', 'newer')
    const outcomes = await batch(
      'a',
      'b',
      { path: 'a', version: 'AWSPREVIOUS' },
      { path: 'a', version },
      { path: 'none', version: 'AWSPREVIOUS' },
    )
    expect(texts(outcomes)).toEqual(['newer', 'value of b', 'value of a', 'newer', null])
    expect(aws.calls.filter((call) => call === batchCall)).toHaveLength(1)
  })

  it('take the answer apart by name, and never by what merely looks alike', async () => {
    aws.secrets.store('x', 'of x')
    const arn = aws.secrets.arnOf('x')
    // A secret whose name is the end of another's ARN.
    const lookalike = arn.split(':').at(-1) ?? ''
    aws.secrets.store(lookalike, 'of the lookalike')
    expect(texts(await batch(arn, lookalike))).toEqual(['of x', 'of the lookalike'])
  })

  it('go singly where batches are forbidden, and are tried together again later', async () => {
    aws.answer('BatchGetSecretValue', failing('AccessDeniedException'))
    expect(texts(await batch('a', 'b'))).toEqual(['value of a', 'value of b'])
    expect(texts(await batch('a', 'none'))).toEqual(['value of a', null])
    expect(aws.calls).toEqual([...singly(2), singleCall, singleCall])
    aws.heal()
    clock.advance(10 * 60_000)
    await batch('a', 'b')
    expect(aws.calls.at(-1)).toBe(batchCall)
  })

  it('go singly when together they are too large, and only then', async () => {
    aws.answer('BatchGetSecretValue', (_, response) => response.end(Buffer.alloc(2 ** 20 + 1)))
    expect(texts(await batch('a', 'b'))).toEqual(['value of a', 'value of b'])
    aws.heal()
    await batch('a', 'b')
    expect(aws.calls).toEqual([...singly(2), batchCall])
  })

  it.each(['InvalidParameterException', 'ResourceNotFoundException', 'DecryptionFailure'])(
    'go singly when one of them spoils the call: %s',
    async (name) => {
      aws.answer('BatchGetSecretValue', failing(name))
      expect(texts(await batch('a', 'none'))).toEqual(['value of a', null])
      expect(aws.calls).toEqual(singly(2))
    },
  )

  it('go singly where the endpoint knows no batches', async () => {
    aws.answer('BatchGetSecretValue', failing('UnknownOperationException'))
    await batch('a', 'b')
    expect(texts(await batch('a', 'b'))).toEqual(['value of a', 'value of b'])
    expect(aws.calls.filter((call) => call === batchCall)).toHaveLength(1)
  })

  it.each([
    ['UnrecognizedClientException', 'forbidden', 1],
    ['ExpiredTokenException', 'forbidden', 1],
    ['ThrottlingException', 'throttled', 3],
    ['InternalServiceError', 'unreachable', 3],
  ])('fail together when each would: %s', async (name, code, calls) => {
    aws.answer('BatchGetSecretValue', failing(name))
    expect(texts(await batch('a', 'b', 'no name'))).toEqual([code, code, 'path_invalid'])
    expect(aws.calls).toEqual(Array(calls).fill(batchCall))
  })

  it('come page by page where AWS cuts the answer', async () => {
    const page = (name: string) => ({
      SecretValues: [
        { ARN: `arn-${name}`, Name: name, VersionId: 'v', SecretString: `paged ${name}` },
      ],
    })
    const pages = [{ ...page('a'), NextToken: 'more' }, page('b')]
    aws.answer('BatchGetSecretValue', (_, response) => send(response, 200, pages.shift() ?? {}))
    expect(texts(await batch('a', 'b'))).toEqual(['paged a', 'paged b'])
    expect(JSON.parse(aws.last().body)).toMatchObject({ NextToken: 'more' })
    expect(aws.calls).toEqual([batchCall, batchCall])
  })

  it('end, though the pages do not, and what is left out is read singly', async () => {
    aws.answer('BatchGetSecretValue', (_, response) => send(response, 200, { NextToken: 'again' }))
    expect(texts(await batch('a', 'b'))).toEqual(['value of a', 'value of b'])
    expect(aws.calls).toEqual([batchCall, ...singly(2)])
  })

  it('are asked for again singly when an error of one may pass', async () => {
    const Errors = ['a', 'b'].map((SecretId) => ({ SecretId, ErrorCode: 'InternalServiceError' }))
    aws.answer('BatchGetSecretValue', (_, response) => send(response, 200, { Errors }))
    expect(texts(await batch('a', 'b'))).toEqual(['value of a', 'value of b'])
  })
})
