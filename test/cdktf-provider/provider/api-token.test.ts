import { describe, expect, it } from 'vitest'
import { Client } from '../../../contract/client.ts'
import { PrivateState } from '../../../cdktf-provider/plugin/framework/private-state.ts'
import type { Problem } from '../../../cdktf-provider/plugin/index.ts'
import { apiToken } from '../../../cdktf-provider/provider/resources/api-token.ts'
import { Session } from '../../../cdktf-provider/provider/api/session.ts'

const organizationId = '0198c0de-0000-7000-8000-000000000001'
const state = {
  id: '0198c0de-0000-7000-8000-000000000002',
  organization_id: organizationId,
  name: 'ci',
  role: 'member',
  scope_id: null,
  expires_at: '2031-01-31T14:00:00+02:00',
  rotate_every: null,
  token_wo: null,
  token_wo_version: 1,
  prefix: 'agyn_abcd',
  timeouts: null,
}

/** What a refresh makes of the token, and of what it warns, when the API says that it ends then. */
async function refreshed(expiresAt: string) {
  const { id, name, role, prefix } = state
  const found = { id, organizationId, name, role, prefix, expiresAt, createdAt: expiresAt }
  const client = new Client({
    url: 'http://api.test',
    token: 't',
    transport: async () =>
      await Promise.resolve({ status: 200, header: () => null, text: JSON.stringify(found) }),
  })
  const session = new Session({
    client,
    tokenOrganizationId: organizationId,
    organizationId: undefined,
  })
  const warnings: Problem[] = []
  const read = await apiToken.read({
    client: session,
    state,
    signal: new AbortController().signal,
    privateState: new PrivateState(),
    diagnostics: { error: () => {}, warn: (problem) => void warnings.push(problem) },
  })
  return { read, warnings }
}

describe('the refresh of an agyn_api_token', () => {
  it('keeps the time as the user wrote it while it is the same', async () => {
    const { read, warnings } = await refreshed('2999-01-31T12:00:00.000Z')
    expect(read).toMatchObject({ expires_at: '2999-01-31T12:00:00.000Z', token_wo_version: 1 })
    expect(warnings).toEqual([])
    expect((await refreshed('2031-01-31T12:00:00.000Z')).read).toEqual(state)
  })

  it('keeps one that has expired, and says how to get another', async () => {
    const { read, warnings } = await refreshed('2001-01-31T12:00:00.000Z')
    expect(read).toMatchObject({ id: state.id })
    expect(warnings).toEqual([
      {
        summary: 'The API token "ci" has expired.',
        detail: expect.stringContaining('terraform apply -replace') as string,
        path: ['expires_at'],
      },
    ])
  })
})
