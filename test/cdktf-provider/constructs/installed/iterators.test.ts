import { describe, expect, it } from 'vitest'
import type { ITerraformIterator } from 'cdktn'
import { installed } from '../../../support/constructs.ts'
import { begin, refusals, textsBelow } from '../../../support/stacks.ts'

const canary = 'sk_live_canary'

describe.each(installed)('a secret of an iterator, with $framework', (packages) => {
  const { cdk, agyn } = packages

  const inStack = () => {
    const { app, stack } = begin(packages)
    const variable = (id: string, type: string) =>
      new cdk.TerraformVariable(stack, id, { type, sensitive: true })
    const secret = (forEach: ITerraformIterator, valueWo: string) =>
      new agyn.secret.Secret(stack, 'each', { name: 'each', forEach, valueWo })
    return { app, stack, variable, secret }
  }

  it('is refused as text of a list', () => {
    const { app, secret } = inStack()
    const list = cdk.TerraformIterator.fromList([canary])
    secret(list, cdk.Token.asString(list.value))
    expect(refusals(app).join()).toContain('[stack/each] `value` would be written')
    expect(textsBelow(app.outdir)).not.toContain(canary)
  })

  it('is refused as text of a map', () => {
    const { app, secret } = inStack()
    const map = cdk.TerraformIterator.fromMap({ stripe: { key: canary } })
    secret(map, map.getString('key'))
    expect(refusals(app).join()).toContain('[stack/each] `value` would be written')
  })

  it('is refused as a key of a map', () => {
    const { app, secret } = inStack()
    const map = cdk.TerraformIterator.fromMap({ [canary]: 'stripe' })
    secret(map, cdk.Token.asString(map.key))
    expect(refusals(app).join()).toContain('[stack/each] `value` would be written')
  })

  it('is refused as text of a list of objects', () => {
    const { app, stack, secret } = inStack()
    const apps = new cdk.TerraformLocal(stack, 'apps', [{ name: 'stripe', key: canary }])
    const list = cdk.TerraformIterator.fromComplexList(apps.expression, 'name')
    secret(list, list.getString('key'))
    expect(refusals(app).join()).toContain('[stack/each] `value` would be written')
    expect(textsBelow(app.outdir)).not.toContain(canary)
  })

  it('passes when a map of the stack holds references', () => {
    const { app, secret, variable } = inStack()
    const map = cdk.TerraformIterator.fromMap({
      stripe: { note: 'Charges cards.', key: variable('stripe', 'string').stringValue },
    })
    secret(map, map.getString('key'))
    expect(refusals(app)).toEqual([])
  })

  it('passes when the map is a variable, and its keys only choose', () => {
    const { app, secret, variable } = inStack()
    const keys = variable('keys', 'map(string)')
    const names = cdk.TerraformIterator.fromList(['stripe', 'github'])
    secret(names, cdk.Fn.lookup(keys.value, cdk.Token.asString(names.value), '') as string)
    expect(refusals(app)).toEqual([])
  })

  it('passes when it goes over another resource', () => {
    const { app, stack, secret } = inStack()
    const passwords = new cdk.TerraformResource(stack, 'passwords', {
      terraformResourceType: 'random_password',
      forEach: cdk.TerraformIterator.fromList(['stripe', 'github']),
    })
    const each = cdk.TerraformIterator.fromResources(passwords)
    secret(each, each.getString('result'))
    expect(refusals(app)).toEqual([])
  })
})
