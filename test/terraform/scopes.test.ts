import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const scope = (name: string, body: string) => `resource "agyn_scope" "${name}" {\n${body}\n}\n`
const team = (name: string) => scope('team', `kind = "team"\n name = "${name}"`)
const project = (name: string, more = '') =>
  scope('project', `kind = "project"\n name = "${name}"\n ${more}`)
const inTeam = 'parent_id = agyn_scope.team.id'
const inSpace = 'parent_id = agyn_scope.space.id'
const space = (name: string) => scope('space', `kind = "workspace"\n name = "${name}"\n ${inTeam}`)

const updated = { actions: ['update'] }

describe('with a token that is limited to another scope', () => {
  /** A project and a secret in a team, and a token of the whole organization: none waits for another. */
  const objects = (teamId: string) => `${project('inside', `parent_id = "${teamId}"`)}
    resource "agyn_secret" "inside" {
      name     = "inside"
      value    = "value"
      scope_id = "${teamId}"
    }
    resource "agyn_api_token" "everywhere" {
      name = "everywhere"
      role = "member"
    }`
  const addresses = ['agyn_scope.project', 'agyn_secret.inside', 'agyn_api_token.everywhere']
  const cannotTell = 'The token is limited to a scope and cannot tell whether the'

  async function limited(name: string) {
    const owner = world.api.client(world.acme.owner)
    const { id: scopeId } = await owner.call('CreateScope', { body: { kind: 'team', name } })
    const body = { name, role: 'owner', scopeId } as const
    const { token = '' } = await owner.call('CreateApiToken', { body })
    return { owner, scopeId, token }
  }

  it('a plan is an error for each object, and a destroy leaves all of them', async () => {
    const { owner, token } = await limited('b')
    const terraform = world.terraform()
    const a = await owner.call('CreateScope', { body: { kind: 'team', name: 'a' } })
    await terraform.applied(objects(a.id))
    const before = addresses.map((address) => terraform.state(address))
    terraform.set({ TF_VAR_api_token: token })
    const runs = [
      await terraform.plan(),
      await terraform.run('apply', '-no-color', '-refresh-only', '-auto-approve'),
      await terraform.destroy('-refresh=false'),
    ]
    for (const { code, output } of runs) {
      expect(code).toBe(1)
      for (const what of ['scope "inside"', 'secret "inside"', 'API token "everywhere"']) {
        expect(output).toContain(`${cannotTell} ${what} is gone.`)
      }
      expect(output).toContain('Nothing was removed from the state or destroyed.')
    }
    expect(addresses.map((address) => terraform.state(address))).toEqual(before)
    const [scope, secret, everywhere] = before.map((made) => String(made?.['id']))
    await owner.call('GetScope', { params: { id: String(scope) } })
    await owner.call('GetSecret', { params: { id: String(secret) } })
    await owner.call('GetApiToken', { params: { id: String(everywhere) } })
    terraform.set({ TF_VAR_api_token: world.acme.owner })
    expect(await terraform.plan()).toMatchObject({ code: 0 })
  })

  it('what is gone from that scope itself leaves the state', async () => {
    const { owner, scopeId, token } = await limited('emptied')
    const terraform = world.terraform(token)
    const parent = `parent_id = "${scopeId}"`
    await terraform.applied(`${project('child', parent)}
      resource "agyn_secret" "gone" {
        name     = "gone"
        value    = "value"
        scope_id = agyn_scope.project.id
      }
      resource "agyn_api_token" "gone" {
        name     = "gone"
        role     = "member"
        scope_id = "${scopeId}"
      }`)
    const idOf = (address: string) => ({ params: { id: String(terraform.state(address)?.['id']) } })
    await owner.call('DeleteSecret', idOf('agyn_secret.gone'))
    await owner.call('RevokeApiToken', idOf('agyn_api_token.gone'))
    const created = { actions: ['create'] }
    expect(await terraform.planned()).toEqual({
      'agyn_secret.gone': expect.objectContaining(created) as unknown,
      'agyn_api_token.gone': expect.objectContaining(created) as unknown,
    })
    expect(await terraform.destroy('-refresh=false')).toMatchObject({ code: 0 })
  })
})

describe('agyn_scope', () => {
  it('lies in the root when no parent is named, and the plan knows where', async () => {
    const terraform = world.terraform().write(team('payments'))
    const root = (
      await world.api
        .client(world.acme.owner)
        .call('GetOrganization', { params: { id: world.acme.id } })
    ).rootScopeId
    const planned = (await terraform.planned())['agyn_scope.team']
    expect(planned?.after).toMatchObject({ parent_id: root, path: ['payments'] })
    expect(planned?.unknown).toEqual({ id: true, path: [false] })
    await terraform.applied()
    expect(terraform.state('agyn_scope.team')).toMatchObject({
      organization_id: world.acme.id,
      parent_id: root,
      path: ['payments'],
    })
  })

  it('is renamed and moved in place, to the root too, and back', async () => {
    const terraform = world.terraform()
    const around = `${team('moving')}${space('eu')}
      data "agyn_organization" "acme" {
        name = "acme"
      }
      `
    const inRoot = 'parent_id = data.agyn_organization.acme.root_scope_id'
    await terraform.applied(`${around}${project('checkout', inSpace)}`)
    const { id } = terraform.state('agyn_scope.project') ?? {}
    const steps: [string, readonly string[]][] = [
      [project('till', inSpace), ['moving', 'eu', 'till']],
      [project('till', inTeam), ['moving', 'till']],
      [project('till', inRoot), ['till']],
      // Where it is, unless something else is said.
      [project('till', 'timeouts {\n update = "1m"\n }'), ['till']],
      [project('till as well'), ['till as well']],
      [project('checkout', inSpace), ['moving', 'eu', 'checkout']],
    ]
    for (const [changed, path] of steps) {
      terraform.write(around + changed)
      expect(await terraform.planned()).toMatchObject({ 'agyn_scope.project': updated })
      await terraform.applied()
      expect(terraform.state('agyn_scope.project')).toMatchObject({ id, path })
    }
  })

  it('is taken along when its parent is renamed', async () => {
    const terraform = world.terraform()
    await terraform.applied(`${team('before')}${project('child', inTeam)}`)
    await terraform.applied(`${team('after')}${project('child', inTeam)}`)
    await terraform.applied(`${team('at last')}${project('renamed', inTeam)}`)
    expect(terraform.state('agyn_scope.project')).toMatchObject({ path: ['at last', 'renamed'] })
  })

  it('is replaced by a change of its kind', async () => {
    const terraform = world.terraform()
    await terraform.applied(team('kinds'))
    terraform.write(team('kinds').replace('"team"\n', '"workspace"\n'))
    expect(await terraform.planned()).toMatchObject({
      'agyn_scope.team': { actions: ['delete', 'create'] },
    })
    await terraform.applied()
  })

  it('is refused a name that is taken, with the words that import it', async () => {
    const terraform = world.terraform()
    const around = `${team('taken')}${space('us')}`
    await terraform.applied(`${around}${project('mine', inSpace)}`)
    const other = `${around}${project('mine', inSpace)}
      resource "agyn_scope" "other" {
        kind      = "project"
        name      = "mine"
        parent_id = agyn_scope.space.id
      }`
    const { code, output, raw } = await terraform.write(other).apply()
    expect(code).toBe(1)
    expect(output).toContain('A scope named "mine" already exists.')
    const [, typed = ''] = /terraform import agyn_scope.NAME '(.*)'$/m.exec(raw) ?? []
    expect(typed).toBe(terraform.state('agyn_scope.project')?.['id'])
    const importer = world.terraform().write(other)
    expect(await importer.import('agyn_scope.other', typed)).toMatchObject({ code: 0 })
  })

  it.each([
    ['kind = "tribe"\n name = "a"', 'Give team, workspace or project.'],
    ['kind = "team"\n name = "a/b"', 'A name has no `/`'],
    [
      'kind = "team"\n name = "a"\n parent_id = "payments"',
      'Give its id, a UUID, and not its name',
    ],
    ['kind = "team"\n name = "a"\n timeouts {\n create = "soon"\n }', 'Give a number and its unit'],
  ])('refuses at plan %s', async (body, message) => {
    const { code, output, raw } = await world.terraform().write(scope('a', body)).plan()
    expect([code, raw.match(/^Error: /gm)?.length]).toEqual([1, 1])
    expect(output).toContain(message)
  })

  it('is imported by its id and by its path, and is as the configuration says', async () => {
    const maker = world.terraform()
    const all = `${team('imported')}${space('with space, 50%')}`
    await maker.applied(all)
    const terraform = world.terraform().write(all)
    const id = String(maker.state('agyn_scope.team')?.['id'])
    expect(await terraform.import('agyn_scope.team', id)).toMatchObject({ code: 0 })
    expect(
      await terraform.import('agyn_scope.space', 'acme/imported/with space, 50%'),
    ).toMatchObject({ code: 0 })
    expect(await terraform.plan()).toMatchObject({ code: 0 })
  })

  it.each([
    ['acme/nowhere/at all', 'There is no scope "acme/nowhere/at all".'],
    ['acme', 'Import it by its id or by `organization/team/workspace`'],
  ])('says that there is no %s to import', async (typed, message) => {
    const terraform = world.terraform().write(team('a'))
    const { code, output } = await terraform.import('agyn_scope.team', typed)
    expect([code, output]).toEqual([1, expect.stringContaining(message)])
  })

  it('is not the root, which is the organization', async () => {
    const client = world.api.client(world.acme.owner)
    const { rootScopeId } = await client.call('GetOrganization', { params: { id: world.acme.id } })
    const terraform = world.terraform().write(team('a'))
    const { code, output } = await terraform.import('agyn_scope.team', rootScopeId)
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('The root scope is not an `agyn_scope`.'),
    ])
  })

  it('is not changed by a plan that somebody else overtook', async () => {
    const terraform = world.terraform()
    await terraform.applied(team('overtaken'))
    terraform.write(team('mine'))
    await terraform.plan('-out=plan')
    const id = String(terraform.state('agyn_scope.team')?.['id'])
    const theirs = { params: { id }, body: { name: 'theirs' } }
    await world.api.client(world.acme.owner).call('UpdateScope', theirs)
    const { code, output } = await terraform.run('apply', '-no-color', 'plan')
    expect([code, output]).toEqual([1, expect.stringContaining('changed')])
    await terraform.applied()
    expect(terraform.state('agyn_scope.team')).toMatchObject({ name: 'mine' })
  })
})
