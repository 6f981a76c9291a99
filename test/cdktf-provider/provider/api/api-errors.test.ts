import { describe, expect, it } from 'vitest'
import { OutcomeUnknown, TerraformError } from '../../../../cdktf-provider/plugin/index.ts'
import { explain } from '../../../../cdktf-provider/provider/api/api-errors.ts'
import { ApiError } from '../../../../contract/client.ts'
import { problems, type Problem, type ProblemCode } from '../../../../contract/problems.ts'

const id = '0198c0de-0000-7000-8000-000000000001'
const at = '2027-01-31T12:00:00.000Z'
const subject = {
  noun: 'secret',
  type: 'agyn_secret',
  name: "o'stripe",
  importId: "acme/o'stripe",
}

function told(code: ProblemCode, more: Partial<Problem> = {}, wasSentBefore = false) {
  const problem = { type: '', ...problems[code], code, detail: 'The words of the API.', ...more }
  const error = explain(new ApiError('CreateSecret', problem, { wasSentBefore }), subject)
  if (!(error instanceof TerraformError)) throw new Error('it is no diagnostic')
  return { error, ...error.problems[0] }
}

describe('a name that is taken', () => {
  it('says who made the other one and when, and how to import it by its id', () => {
    const createdBy = { kind: 'token', id, name: 'ci' } as const
    const { summary, detail, path } = told('name_taken', {
      existing: { id, createdAt: at, createdBy },
    })
    expect(summary).toBe('A secret named "o\'stripe" already exists.')
    expect(detail).toContain(`It was made by the token "ci" at ${at}, and its id is ${id}.`)
    expect(detail).toContain(`\n\n  terraform import agyn_secret.NAME '${id}'\n\n`)
    expect(path).toEqual(['name'])
  })

  it.each([
    [{ kind: 'admin' } as const, 'made by an admin at'],
    [{ kind: 'system' } as const, 'made by the API itself at'],
    [undefined, 'made by somebody at'],
  ])('that was made by %j says so', (createdBy, words) => {
    const existing = { id, createdAt: at, ...(createdBy ? { createdBy } : {}) }
    expect(told('name_taken', { existing }).detail).toContain(words)
  })

  it('is imported by its name where the API does not say which one it is', () => {
    const { detail } = told('name_taken')
    expect(detail).toContain("terraform import agyn_secret.NAME 'acme/o'\\''stripe'")
  })
})

describe('a change that came in between', () => {
  it('says whose it is and what to do', () => {
    const lastChange = { at, revision: 8, by: { kind: 'token', id, name: 'console' } } as const
    const { error, summary, detail } = told('precondition_failed', { lastChange })
    expect(summary).toBe('The secret "o\'stripe" was changed since the plan was made.')
    expect(detail).toMatch(
      new RegExp(`^It was changed by the token "console" at ${at}. .*Run plan again`),
    )
    expect(error).not.toBeInstanceOf(OutcomeUnknown)
  })

  it('may be our own after a repeat, and says so', () => {
    const { error, detail } = told('precondition_failed', {}, true)
    expect(detail).toContain('This apply had sent its change before')
    expect(error).toBeInstanceOf(OutcomeUnknown)
  })
})

describe('an outcome', () => {
  it.each<ProblemCode>(['internal', 'database_unavailable', 'provider_unavailable'])(
    'is unknown after %s, so that what may be there stays in the state',
    (code) => {
      expect(told(code).error).toBeInstanceOf(OutcomeUnknown)
    },
  )

  it('of a read is nothing, whatever went wrong', () => {
    const problem = { type: '', ...problems.internal, code: 'internal', detail: 'Ours.' } as const
    const error = explain(new ApiError('GetSecret', problem), subject)
    expect(error).not.toBeInstanceOf(OutcomeUnknown)
    expect(error).toHaveProperty('problems.0.detail', 'Ours.\n\nIt was only read. Run this again.')
  })

  it.each<ProblemCode>(['invalid', 'forbidden', 'name_taken', 'path_taken', 'not_found'])(
    'is known after %s, and unknown when it was sent before',
    (code) => {
      expect(told(code).error).not.toBeInstanceOf(OutcomeUnknown)
      expect(told(code, {}, true).error).toBeInstanceOf(OutcomeUnknown)
    },
  )
})
