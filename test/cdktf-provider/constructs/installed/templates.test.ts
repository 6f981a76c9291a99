import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../../../contract/template.ts'
import { installed, type Installed } from '../../../support/constructs.ts'
import { begin, only, refusals, rendered, type Begun } from '../../../support/stacks.ts'

describe.each(installed)('secretTemplate, with $framework', (packages) => {
  const { cdk, agyn } = packages
  const { Agent, Organization, Scope, Secret, secretTemplate } = agyn
  type Template = ReturnType<Installed['agyn']['secretTemplate']>

  const inStack = () => {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'value').stringValue
    return { app, stack, value }
  }

  /** The `template` of the one variable that is given it. */
  const templateOf = ({ stack }: Pick<Begun, 'stack'>, template: Template): string => {
    Agent.named('billing').addEnv('TEMPLATE', template, { scope: stack })
    return only(rendered(packages, stack).resource['agyn_env'])['template'] as string
  }

  /** What Terraform makes of it, when the place of each secret is what is said here. */
  const atApply = (template: string, place: string): string => {
    const encoded = place.replaceAll('%', '%25').replaceAll('}', '%7D')
    return template
      .replaceAll(/([$%])\1\{/g, '$1{')
      .replaceAll(/\$\{replace\(.*?"%7D"\)\}/g, () => encoded)
  }

  it('names a secret of the root by its name', () => {
    const place = inStack()
    const password = Secret.local(place.stack, 'password', { value: place.value })
    password.resource.overrideLogicalId('password')
    expect(templateOf(place, secretTemplate`postgres://app:${password}@db/app`)).toBe(
      'postgres://app:$${secret:${replace(replace(agyn_secret.password.name, "%", "%25"), "}", "%7D")}}@db/app',
    )
  })

  it('names a secret of a scope by the path of it', () => {
    const place = inStack()
    const eu = new Organization(place.stack, 'acme').team('payments').workspace('eu')
    eu.resource.overrideLogicalId('eu')
    const password = Secret.local(eu, 'password', { value: place.value })
    password.resource.overrideLogicalId('password')
    const template = templateOf(place, secretTemplate`${password}`)
    expect(template).toBe(
      '$${secret:${replace(replace(join("/", compact([join("/", agyn_scope.eu.path), agyn_secret.password.name])), "%", "%25"), "}", "%7D")}}',
    )
  })

  it('names a secret that is given by its id by the scope it is in, wherever it is', () => {
    const place = inStack()
    const elsewhere = new Organization(place.stack, 'acme').team('payments')
    const password = Secret.fromId(elsewhere, 'password', 'id-of-password')
    const template = templateOf(place, secretTemplate`${password}`)
    const { data } = rendered(packages, place.stack)
    const [secret] = Object.keys(data['agyn_secret'] ?? {})
    const [scope] = Object.keys(data['agyn_scope'] ?? {})
    expect(template).toContain(
      `join("/", compact([join("/", data.agyn_scope.${scope}.path), data.agyn_secret.${secret}.name]))`,
    )
    expect(only(data['agyn_scope'])).toMatchObject({
      id: `\${data.agyn_secret.${secret}.scope_id}`,
    })
  })

  it('names a secret of a scope that is given by its path or by its id', () => {
    for (const make of [
      (stack: Begun['stack']) => Scope.fromPath(stack, 'scope', ['payments', 'eu']),
      (stack: Begun['stack']) => Scope.fromId(stack, 'scope', 'id-of-scope'),
    ]) {
      const place = inStack()
      const password = Secret.fromName(make(place.stack), 'password', 'db-password')
      const template = templateOf(place, secretTemplate`${password}`)
      const [scope] = Object.keys(rendered(packages, place.stack).data['agyn_scope'] ?? {})
      expect(template).toContain(`join("/", data.agyn_scope.${scope}.path)`)
    }
  })

  it.each([
    ['plain', 'app'],
    ['a dollar', 'cost: 5$'],
    ['two dollars', '$$'],
    ['a dollar before a secret', '$'],
    ['what looks like a secret', '${secret:other}'],
    ['what looks like an expression', '${var.key} %{ if true }'],
    ['what looks like an escape', '$${x} %%{y} $$$${z}'],
    ['braces', '{"user": "app", "ports": [{}]}'],
    ['percent signs', '100% %7D %{'],
    ['quotes and backslashes', '"a\\nb" \\'],
    ['lines', 'a\nb\n'],
    ['other letters', 'ключ 🔑'],
  ])('gives every text to the API as it is written: %s', (_, text) => {
    const place = inStack()
    const password = Secret.local(place.stack, 'password', { value: place.value })
    const texts = Object.assign([text, text, text], { raw: [] })
    const template = templateOf(place, secretTemplate(texts, password, password))
    const secret = { scope: [], name: 'db-password' }
    const parts = parseTemplate(atApply(template, 'db-password'))
    expect(parts).toEqual([text, secret, text, secret, text])
  })

  it.each(['a%b', 'a}b', '%7D', '$', 'a$b', '{x', 'a b', 'ключ'])(
    'finds a secret and a scope that are called %j',
    (name) => {
      const place = inStack()
      const team = new Organization(place.stack, 'acme').team(name)
      const secret = Secret.local(team, 'password', { name, value: place.value })
      const template = templateOf(place, secretTemplate`key=${secret};`)
      const parts = parseTemplate(atApply(template, `${name}/${name}`))
      expect(parts).toEqual(['key=', { scope: [name], name }, ';'])
      expect(refusals(place.app)).toEqual([])
    },
  )

  it('stays right when a secret is given another address afterwards', () => {
    const place = inStack()
    const password = Secret.local(place.stack, 'password', { value: place.value })
    const template = secretTemplate`${password}`
    Agent.named('billing').addEnv('TEMPLATE', template)
    password.resource.overrideLogicalId('db_password')
    expect(only(rendered(packages, place.stack).resource['agyn_env'])['template']).toContain(
      'agyn_secret.db_password.name',
    )
  })

  it('lies below the organization of its first secret', () => {
    const { stack, value } = inStack()
    const acme = new Organization(stack, 'acme')
    const user = Secret.local(acme, 'user', { value })
    const password = Secret.local(acme.team('payments'), 'password', { value })
    Agent.named('billing').addEnv('URL', secretTemplate`${user}:${password}`)
    expect(acme.node.children.map(({ node }) => node.id)).toContain('agent-billing-URL')
  })

  it('says what to do about a template without a secret', () => {
    const { stack } = inStack()
    const template = secretTemplate`eu-west-1`
    expect(() => Agent.named('billing').addEnv('REGION', template)).toThrow(
      'The template of REGION holds no secret. Give it by addPlainEnv(scope, name, value)',
    )
    expect(templateOf({ stack }, template)).toBe('eu-west-1')
  })

  it('says what to do about text in the place of a secret, and does not show it', () => {
    const text = 'sk_live_canary' as unknown as ReturnType<typeof Secret.local>
    const error = catching(() => secretTemplate`key=${text}`)
    expect(error.message).toContain('secretTemplate takes secrets between its texts')
    expect(error.message).not.toContain('canary')
  })

  it('says what to do about a text that is given as a secret, and does not show it', () => {
    const text = 'sk_live_canary' as unknown as Template
    const error = catching(() => Agent.named('billing').addEnv('KEY', text))
    expect(error.message).toContain('KEY takes a secret or a secretTemplate')
    expect(error.message).toContain('addPlainEnv(scope, name, value)')
    expect(error.message).not.toContain('canary')
  })

  const catching = (make: () => unknown): Error => {
    try {
      make()
    } catch (error) {
      return error as Error
    }
    throw new Error('Nothing was thrown.')
  }

  it('takes a name that only Terraform knows', () => {
    const place = inStack()
    const name = new cdk.TerraformVariable(place.stack, 'name', {}).stringValue
    const password = Secret.local(place.stack, 'password', { name, value: place.value })
    password.resource.overrideLogicalId('password')
    expect(templateOf(place, secretTemplate`${password}`)).toContain('agyn_secret.password.name')
  })
})
