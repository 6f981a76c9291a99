import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeToken } from '../../api/principals/token.ts'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const variable = 'variable "random" {\n ephemeral = true\n}\n'
const token = (body: string) => `${variable}resource "agyn_api_token" "ci" {\n${body}\n}`
const given = (version = 1) =>
  `token_wo = provider::agyn::api_token(var.random)\n token_wo_version = ${version}`

/** The 43 random characters, and the token that they make. */
function draw() {
  const whole = makeToken()
  return { random: whole.slice('agyn_'.length, -6), whole }
}

const whoAmI = (whole: string) => world.api.client(whole).call('WhoAmI', {})
const only = 'agyn_api_token.ci'

describe('agyn_api_token', () => {
  it('is the one that was given, which is in no state, no plan and no output', async () => {
    const { random, whole } = draw()
    const terraform = world.terraform().set({ TF_VAR_random: random })
    const run = await terraform.applied(token(`name = "ci"\n role = "member"\n ${given()}`))
    const { id, ...state } = terraform.state(only) ?? {}
    expect(state).toMatchObject({ role: 'member', prefix: whole.slice(0, 9), token_wo: null })
    expect(await whoAmI(whole)).toMatchObject({ id, name: 'ci', role: 'member' })
    await terraform.plan('-out=plan', '-replace', only)
    const shown = await terraform.run('show', '-json', 'plan')
    const files = ['terraform.tfstate', 'plan'].map((name) => readFileSync(terraform.path(name)))
    for (const text of [run.raw, shown.raw, ...files.map(String), world.api.output]) {
      expect(text).not.toContain(random.slice(4))
    }
  })

  it('is renamed in place, and replaced by a new version', async () => {
    const [first, second] = [draw(), draw()]
    const terraform = world.terraform().set({ TF_VAR_random: first.random })
    await terraform.applied(token(`name = "first"\n role = "owner"\n ${given()}`))
    const { id } = terraform.state(only) ?? {}
    terraform.write(token(`name = "renamed"\n role = "owner"\n ${given()}`))
    expect((await terraform.planned())[only]).toMatchObject({ actions: ['update'], unknown: {} })
    await terraform.applied()
    expect(await whoAmI(first.whole)).toMatchObject({ id, name: 'renamed' })

    terraform.set({ TF_VAR_random: second.random })
    expect(await terraform.plan()).toMatchObject({ code: 0 })
    terraform.write(token(`name = "renamed"\n role = "owner"\n ${given(2)}`))
    expect((await terraform.planned())[only]).toMatchObject({ actions: ['delete', 'create'] })
    await terraform.applied()
    expect(await whoAmI(second.whole)).toMatchObject({ name: 'renamed' })
    await expect(whoAmI(first.whole)).rejects.toMatchObject({ code: 'unauthenticated' })
    await terraform.destroy()
    await expect(whoAmI(second.whole)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('does without the token while its version stays, and when that is taken away', async () => {
    const { random, whole } = draw()
    const terraform = world.terraform().set({ TF_VAR_random: random })
    const without = (version: string) =>
      token(`name = "kept"\n role = "member"\n token_wo = null\n ${version}`)
    await terraform.applied(token(`name = "kept"\n role = "member"\n ${given()}`))
    const { id } = terraform.state(only) ?? {}
    expect(await terraform.write(without('token_wo_version = 1')).plan()).toMatchObject({ code: 0 })
    const { code, output } = await terraform.write(without('token_wo_version = 2')).plan()
    expect(code).toBe(1)
    expect(output).toContain('Give `token_wo`, for the apply sends it: its version changes.')
    await terraform.applied(without(''))
    expect(await whoAmI(whole)).toMatchObject({ id })
  })

  it('is not replaced for its own token, which would be revoked before it is refused', async () => {
    const [first, second] = [draw(), draw()]
    const terraform = world.terraform().set({ TF_VAR_random: first.random })
    const team = 'resource "agyn_scope" "team" {\n kind = "team"\n name = "replacing"\n}\n'
    const of = (body: string) => team + token(`name = "same"\n ${body}`)
    await terraform.applied(of(`role = "member"\n ${given()}`))
    const { id } = terraform.state(only) ?? {}
    for (const changed of [
      'role = "owner"',
      'role = "member"\n rotate_every = "90d"',
      'role = "member"\n expires_at = "2031-01-31T12:00:00Z"',
      'role = "member"\n scope_id = agyn_scope.team.id',
    ]) {
      const { code, output, raw } = await terraform.write(of(`${changed}\n ${given()}`)).plan()
      expect(code).toBe(1)
      expect(output).toContain('The API token "same" is replaced and cannot be the same token')
      expect(output).toContain('Give another token in `token_wo` and raise `token_wo_version`.')
      expect(raw).toMatch(/^ +\d+: +token_wo_version += /m)
    }
    expect(await whoAmI(first.whole)).toMatchObject({ id, name: 'same' })

    terraform.write(of(`role = "owner"\n ${given(2)}`)).set({ TF_VAR_random: second.random })
    expect((await terraform.planned())[only]).toMatchObject({ actions: ['delete', 'create'] })
    await terraform.applied()
    expect(await whoAmI(second.whole)).toMatchObject({ role: 'owner' })
  })

  it('takes another spelling of its end in place, and another end makes another', async () => {
    const { random, whole } = draw()
    const terraform = world.terraform().set({ TF_VAR_random: random })
    const ending = (expires: string, more = given()) =>
      token(`name = "ends"\n role = "member"\n expires_at = "${expires}"\n ${more}`)
    await terraform.applied(ending('2031-01-31T12:00:00Z'))
    for (const spelling of ['2031-01-31T13:00:00+01:00', '2031-01-31T12:00:00.000Z']) {
      terraform.write(ending(spelling))
      expect((await terraform.planned())[only]).toMatchObject({ actions: ['update'], unknown: {} })
      await terraform.applied()
      expect(terraform.state(only)).toMatchObject({ expires_at: spelling })
    }
    expect(await whoAmI(whole)).toMatchObject({ name: 'ends' })

    terraform.write(ending('2031-01-31T12:00:00.001Z', given(2)))
    terraform.set({ TF_VAR_random: draw().random })
    expect((await terraform.planned())[only]).toMatchObject({ actions: ['delete', 'create'] })
  })

  it('is replaced when nobody knows yet when the new one ends', async () => {
    const terraform = world.terraform()
    const ending = (expires: string) => `
      resource "terraform_data" "end" {
        input = "2031-01-31T12:00:00Z"
      }
      resource "agyn_api_token" "ci" {
        name       = "unknown end"
        role       = "member"
        expires_at = ${expires}
      }`
    await terraform.applied(
      ending('"2031-01-31T12:00:00Z"').replace(/resource "terraform[^}]*}/, ''),
    )
    terraform.write(ending('terraform_data.end.output'))
    expect((await terraform.planned())[only]).toMatchObject({ actions: ['delete', 'create'] })
  })

  it('takes every argument set, changed and unset again', async () => {
    const terraform = world.terraform()
    const scope = 'resource "agyn_scope" "team" {\n kind = "team"\n name = "tokens"\n}\n'
    const of = (body: string) =>
      scope + token(`name = "all"\n role = "member"\n ${body}`).replace(variable, '')
    await terraform.applied(of(''))
    expect(terraform.state(only)).toMatchObject({ scope_id: null, rotate_every: null })
    const steps: [string, string, object][] = [
      [
        'scope_id = agyn_scope.team.id\n expires_at = "2031-01-31T12:00:00+02:00"',
        'replace',
        { expires_at: '2031-01-31T12:00:00+02:00' },
      ],
      ['expires_at = "2032-01-31T12:00:00Z"', 'replace', { expires_at: '2032-01-31T12:00:00Z' }],
      ['rotate_every = "90d"', 'replace', { rotate_every: '90d' }],
      ['timeouts {\n create = "1m"\n }', 'replace', { rotate_every: null }],
      ['', 'update', {}],
    ]
    for (const [body, kind, expected] of steps) {
      terraform.write(of(body))
      const actions = kind === 'update' ? ['update'] : ['delete', 'create']
      expect((await terraform.planned())[only]).toMatchObject({ actions })
      await terraform.applied()
      expect(terraform.state(only)).toMatchObject(expected)
    }
  })

  it('says before it is made that nobody will know it', async () => {
    const terraform = world.terraform().write(token('name = "lost"\n role = "member"'))
    terraform.set({ TF_VAR_random: 'x' })
    const { output, code } = await terraform.plan()
    expect(code).toBe(2)
    expect(output).toContain('Warning: Nobody will ever know this token.')
    expect(output).toContain('Give one that you made in `token_wo`, with `token_wo_version = 1`')
  })

  it.each([
    [`name = "a"\n role = "member"\n token_wo = "agyn_x"`, 'token_wo', 'Give `token_wo_version`'],
    ['name = "a"\n role = "member"\n token_wo_version = 1', 'token_wo_version', 'Give `token_wo`'],
    [
      'name = "a"\n role = "member"\n token_wo = "hunter2"\n token_wo_version = 1',
      'token_wo',
      'Give `agyn_`, 43 random letters and digits',
    ],
    ['name = "a"\n role = "root"', 'role', 'Give owner, member, orchestrator or llm_proxy.'],
    ['name = "a"\n role = "owner"\n expires_at = "soon"', 'expires_at', 'Give a time such as'],
    ['name = "a"\n role = "owner"\n rotate_every = "1y"', 'rotate_every', 'Give hours, days'],
  ])('refuses at plan %s', async (body, at, message) => {
    const terraform = world.terraform().write(`resource "agyn_api_token" "ci" {\n${body}\n}`)
    const { code, output, raw } = await terraform.plan()
    expect(code).toBe(1)
    expect(output).toContain(message)
    expect(raw).toMatch(new RegExp(`^ +\\d+: +${at} += `, 'm'))
  })

  it('reaches no further than the token that makes it, and the plan says so', async () => {
    const client = world.api.client(world.acme.owner)
    const scope = await client.call('CreateScope', { body: { kind: 'team', name: 'limited' } })
    const body = { name: 'limited', role: 'owner', scopeId: scope.id } as const
    const { token: limited = '' } = await client.call('CreateApiToken', { body })
    const { random, whole } = draw()
    const terraform = world.terraform(limited).set({ TF_VAR_random: random })
    terraform.write(token(`name = "below"\n role = "member"\n ${given()}`))
    const { after } = (await terraform.planned())[only] ?? {}
    expect(after).toMatchObject({ scope_id: scope.id })
    await terraform.applied()
    expect(await whoAmI(whole)).toMatchObject({ scopeId: scope.id })
    // With a wider token it stays as it is.
    terraform.set({ TF_VAR_api_token: world.acme.owner })
    expect(await terraform.plan()).toMatchObject({ code: 0 })
  })

  it('leaves the state when it was revoked elsewhere', async () => {
    const terraform = world.terraform().set({ TF_VAR_random: draw().random })
    await terraform.applied(token(`name = "revoked"\n role = "member"\n ${given()}`))
    const id = String(terraform.state(only)?.['id'])
    await world.api.client(world.acme.owner).call('RevokeApiToken', { params: { id } })
    terraform.set({ TF_VAR_random: draw().random })
    expect((await terraform.planned())[only]).toMatchObject({ actions: ['create'] })
  })

  it('is refused when another has it already, in words that do not repeat it', async () => {
    const { random } = draw()
    const terraform = world.terraform().set({ TF_VAR_random: random })
    await terraform.applied(token(`name = "one"\n role = "member"\n ${given()}`))
    const other = world.terraform().set({ TF_VAR_random: random })
    const { code, output } = await other
      .write(token(`name = "other"\n role = "member"\n ${given()}`))
      .apply()
    expect(code).toBe(1)
    expect(output).toContain('This token exists already.')
    expect(output).not.toContain(random)
  })

  it('is imported with its end in whichever spelling, and is not replaced', async () => {
    const client = world.api.client(world.acme.owner)
    const expiresAt = '2031-01-31T12:00:00Z'
    const body = { name: 'imported end', role: 'member', expiresAt } as const
    const { id } = await client.call('CreateApiToken', { body })
    const terraform = world.terraform().set({ TF_VAR_random: 'x' })
    terraform.write(token(`name = "imported end"\n role = "member"\n expires_at = "${expiresAt}"`))
    expect(await terraform.import(only, id)).toMatchObject({ code: 0 })
    expect((await terraform.planned())[only]).toMatchObject({ actions: ['update'] })
    await terraform.applied()
    expect(terraform.state(only)).toMatchObject({ id, expires_at: expiresAt })
  })

  it('is imported by its id, without the token', async () => {
    const client = world.api.client(world.acme.owner)
    const body = { name: 'imported', role: 'member', rotateEvery: '90d' } as const
    const { id } = await client.call('CreateApiToken', { body })
    const terraform = world.terraform().set({ TF_VAR_random: 'x' })
    terraform.write(token('name = "imported"\n role = "member"\n rotate_every = "90d"'))
    expect(await terraform.import(only, id.toUpperCase())).toMatchObject({ code: 0 })
    expect(await terraform.plan()).toMatchObject({ code: 0 })
    const again = world.terraform().set({ TF_VAR_random: 'x' })
    again.write(token('name = "imported"\n role = "member"'))
    const named = await again.import(only, 'imported')
    expect([named.code, named.output]).toEqual([
      1,
      expect.stringContaining('Import it by its id, which is not the token.'),
    ])
  })
})
