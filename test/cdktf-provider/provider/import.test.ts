import { describe, expect, it } from 'vitest'
import { Client, type Transport } from '../../../contract/client.ts'
import { TerraformError } from '../../../cdktf-provider/plugin/index.ts'
import { env } from '../../../cdktf-provider/provider/resources/env.ts'
import { organization } from '../../../cdktf-provider/provider/resources/organization.ts'
import { Session } from '../../../cdktf-provider/provider/api/session.ts'

const id = '0198c0de-0000-7000-8000-000000000001'
const unknown = '0198c0de-0000-7000-8000-000000000002'
/** A name that looks like an id. */
const named = '0198c0de-0000-7000-8000-000000000003'

/** The organizations of an API, and the requests it got. */
function api() {
  const asked: string[] = []
  const organizations = [
    { id, name: 'acme' },
    { id: id.replace(/1$/, '9'), name: named },
  ]
  const transport: Transport = async ({ url: { pathname, searchParams } }) => {
    asked.push(pathname)
    const found = organizations.filter(
      (each) => each.name === searchParams.get('name') || pathname.endsWith(each.id),
    )
    const isList = searchParams.has('name')
    const status = isList || found.length > 0 ? 200 : 404
    const problem = {
      type: 'about:blank',
      title: 'Not found',
      status,
      code: 'not_found',
      detail: '',
    }
    const body = isList ? { items: found } : (found[0] ?? problem)
    const type = status === 200 ? 'application/json' : 'application/problem+json'
    return {
      status,
      header: (name) => (name === 'content-type' ? type : null),
      text: JSON.stringify(body),
    }
  }
  const client = new Client({ url: 'http://api.test', token: 't', transport })
  const session = new Session({ client, tokenOrganizationId: undefined, organizationId: undefined })
  return { session, asked }
}

type Importable = typeof env | typeof organization
const imported = async ({ import: run }: Importable, typed: string, { session } = api()) => {
  const signal = AbortSignal.timeout(5000)
  const diagnostics = { error: () => {}, warn: () => {} }
  try {
    return await run?.({ client: session, id: typed, signal, diagnostics })
  } catch (error) {
    if (error instanceof TerraformError) return error.problems[0]
    throw error
  }
}

describe('the import of an organization', () => {
  it.each([
    ['its id', id.toUpperCase(), { id, name: 'acme' }],
    ['its name', 'acme', { id, name: 'acme' }],
    ['a name that looks like an id', named, { id: id.replace(/1$/, '9'), name: named }],
  ])('finds it by %s', async (_, typed, found) => {
    expect(await imported(organization, typed)).toEqual(found)
  })

  it.each([unknown, 'initech'])('says that there is no %s', async (typed) => {
    expect(await imported(organization, typed)).toMatchObject({
      summary: `There is no organization "${typed}".`,
    })
  })
})

describe('the import of an env', () => {
  it('names a kind of consumer that does not exist, and asks the API nothing', async () => {
    const world = api()
    expect(await imported(env, 'acme/robot/billing/STRIPE', world)).toMatchObject({
      summary: 'There is no env "acme/robot/billing/STRIPE".',
      detail: expect.stringMatching(
        /^Its kind, "robot", is none of agent, mcp_server, .*Import it by/,
      ),
    })
    expect(world.asked).toEqual([])
  })

  it.each(['acme', 'acme/agent/billing', 'acme/agent/billing/STRIPE/more', `${unknown}/agent/a/B`])(
    'says that there is no %s',
    async (typed) => {
      expect(await imported(env, typed)).toMatchObject({ summary: `There is no env "${typed}".` })
    },
  )
})
