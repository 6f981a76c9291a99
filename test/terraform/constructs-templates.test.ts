import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installed } from '../support/constructs.ts'
import { World } from './world.ts'
import { writeStack, type Declare } from './write-stack.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

describe.each(installed)('a template of a stack of $framework', ({ framework, ...packages }) => {
  const { agyn } = packages
  const { Agent, EphemeralVariable, Scope, Secret, secretTemplate } = agyn

  it('finds secrets by their ids and by names that have signs, and keeps its own text', async () => {
    const { owner, orchestrator } = await world.api.organization(`templates of ${framework}`)
    const apply = async (declare: Declare) => {
      const terraform = writeStack(world.terraform(owner), { framework, ...packages }, declare)
      await terraform.set({ TF_VAR_value: 'value' }).applied()
      return terraform
    }
    const signs = 'a%7D} $x% {'
    const made = await apply((stack) => {
      const value = new EphemeralVariable(stack, 'value').stringValue
      Secret.local(stack, 'root', { value, name: 'of the root' })
      const team = new Scope(stack, 'team', { kind: 'team', name: signs })
      const secret = Secret.local(team, 'signs', { value, name: signs })
      const text = secretTemplate`$$\${secret:x}%{if true} ${secret}}`
      Agent.named('signs').addEnv('TEXT', text)
    })
    const idOf = (name: string) =>
      made.states('agyn_secret').find((each) => each['name'] === name)?.['id'] as string
    await apply((stack) => {
      const ofRoot = Secret.fromId(stack, 'of-root', idOf('of the root'))
      const ofTeam = Secret.fromId(stack, 'of-team', idOf(signs))
      Agent.named('ids').addEnv('TEXT', secretTemplate`${ofRoot}-${ofTeam}`)
    })
    const textOf = async (agent: string) =>
      (await world.api.envOf(orchestrator, 'agent', agent))['TEXT']
    expect(await textOf('signs')).toBe('$$${secret:x}%{if true} value}')
    expect(await textOf('ids')).toBe('value-value')
  })
})
