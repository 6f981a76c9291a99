import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { failing, type FakeAws, startAws } from './fake-aws.ts'
import { openAws } from './open-aws.ts'

const signal = AbortSignal.timeout(60_000)
const own = { signal, owner: 'us', encoding: 'utf8' } as const

describe('a secret of ours in AWS', () => {
  let aws: FakeAws
  let backend: SecretBackend
  beforeEach(async () => {
    aws = await startAws()
    backend = await openAws(aws.address)
  })
  afterEach(() => aws.close())
  const create = (text = 'x') =>
    backend.write('agyn/own', SecretValue.fromText(text), { ...own, isNew: true })
  const next = (text = 'x') =>
    backend.write('agyn/own', SecretValue.fromText(text), { ...own, isNew: false })
  const labels = () =>
    Object.values(aws.secrets.stagesOf('agyn/own'))
      .flat()
      .filter((label) => label.startsWith('agyn-'))
  const operations = () => aws.calls.map((call) => call.replace('secretsmanager:', ''))

  it('is made with tags that say whose it is', async () => {
    await create()
    expect(JSON.parse(aws.last().body)).toMatchObject({
      Name: 'agyn/own',
      SecretString: 'x',
      Tags: [
        { Key: 'managed-by', Value: 'agyn-secrets' },
        { Key: 'agyn-secret', Value: 'us' },
      ],
    })
  })

  it('keeps its last ten versions, the first among them while it is one of those', async () => {
    const { version: first = '' } = await create('first')
    await next()
    expect(new Set(aws.secrets.stagesOf('agyn/own')[first])).toEqual(
      new Set(['AWSPREVIOUS', 'agyn-1']),
    )
    for (let at = 3; at <= 14; at += 1) await next(`value ${at}`)
    expect(labels().sort()).toEqual(Array.from({ length: 10 }, (_, at) => `agyn-${at + 5}`).sort())
    const stored = await backend.read('agyn/own', { signal, version: 'agyn-5' })
    expect(stored?.value.reveal().toString()).toBe('value 5')
  })

  it('is written without a label where labels may not be moved, and never for lack of one', async () => {
    aws.answer('UpdateSecretVersionStage', failing('AccessDeniedException'))
    await create()
    for (let at = 0; at < 25; at += 1) await next(String(at))
    expect(labels()).toEqual([])
    expect(aws.secrets.stored('agyn/own')?.toString()).toBe('24')
  })

  it('is not written when it turns out to be of somebody else, or deleted', async () => {
    aws.secrets.store('agyn/own', 'theirs')
    expect(await failureOf(next())).toMatchObject({ code: 'not_ours', notSent: true })
    expect(aws.secrets.stored('agyn/own')?.toString()).toBe('theirs')
    expect(operations()).not.toContain('PutSecretValue')
  })

  it('is not written while it is scheduled for deletion', async () => {
    await create()
    await backend.remove('agyn/own', { ...own, forGood: false })
    expect(await failureOf(next())).toMatchObject({ code: 'version_deleted', notSent: true })
  })

  it('is made anew when it has vanished', async () => {
    const { version } = await next('anew')
    expect(operations()).toEqual(['DescribeSecret', 'CreateSecret'])
    expect((await backend.read('agyn/own', { signal, version }))?.version).toBe(version)
    expect(aws.secrets.tagOf('agyn/own', 'agyn-secret')).toBe('us')
  })

  it('takes no name that is still scheduled for deletion', async () => {
    aws.secrets.store('agyn/own', 'theirs')
    aws.secrets.operations['DeleteSecret']?.({ SecretId: 'agyn/own' } as never)
    const failure = await failureOf(create())
    expect(failure.code).toBe('path_taken')
    expect(failure.message).toContain('deletion')
  })

  it.each([
    ['CreateSecret', () => create()],
    ['PutSecretValue', () => create().then(() => next())],
  ])('is sent once when the answer is lost: %s', async (operation, write) => {
    aws.answer(operation, (request) => request.socket.destroy())
    expect(await failureOf(write())).toMatchObject({ code: 'unreachable', notSent: false })
    expect(operations().filter((each) => each === operation)).toHaveLength(1)
  })

  it('is asked about again when the answer to that is lost, and nothing was sent', async () => {
    aws.answer('DescribeSecret', (request) => request.socket.destroy())
    expect(await failureOf(next())).toMatchObject({ code: 'unreachable', notSent: true })
    expect(operations()).toEqual(Array(3).fill('DescribeSecret'))
  })

  it.each([
    [65_537, 'too_large'],
    [0, 'forbidden'],
  ])('of %d bytes is refused before it is sent', async (length, code) => {
    expect(await failureOf(create('x'.repeat(length)))).toMatchObject({ code, notSent: true })
    expect(aws.requests).toEqual([])
    await create('x'.repeat(65_536))
    expect(aws.secrets.stored('agyn/own')).toHaveLength(65_536)
  })

  it('is removed with thirty days to have it back, or for good', async () => {
    await create()
    await backend.remove('agyn/own', { ...own, forGood: false })
    expect(JSON.parse(aws.last().body)).toEqual({ SecretId: 'agyn/own', RecoveryWindowInDays: 30 })
    await backend.remove('agyn/own', { ...own, forGood: true })
    expect(JSON.parse(aws.last().body)).toEqual({
      SecretId: 'agyn/own',
      ForceDeleteWithoutRecovery: true,
    })
  })

  it.each([
    ['ResourceNotFoundException', ''],
    ['InvalidRequestException', 'it was marked for deletion'],
  ])('is removed when somebody was quicker: %s', async (name, message) => {
    await create()
    aws.answer('DeleteSecret', failing(name, message))
    await expect(backend.remove('agyn/own', { ...own, forGood: false })).resolves.toBeUndefined()
  })

  it('is neither removed nor restored without being looked at', async () => {
    aws.secrets.store('agyn/own', 'theirs')
    expect(await codeOf(backend.remove('agyn/own', { ...own, forGood: true }))).toBe('not_ours')
    expect(await codeOf(backend.restore('agyn/own', own))).toBe('not_ours')
    expect(operations()).toEqual(['DescribeSecret', 'DescribeSecret'])
  })
})
