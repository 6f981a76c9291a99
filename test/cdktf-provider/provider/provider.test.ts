import { describe, expect, it } from 'vitest'
import { checkProvider } from '../../../cdktf-provider/plugin/index.ts'
import {
  configAttributes,
  configFields,
} from '../../../cdktf-provider/provider/gen/config-attributes.ts'
import { agyn } from '../../../cdktf-provider/provider/provider.ts'

describe('the Terraform provider', () => {
  it('has no mistake that its types cannot find', () => {
    expect(checkProvider(agyn)).toEqual([])
  })

  it('hides every field of a config that the API seals', () => {
    for (const [name, { sensitive }] of Object.entries(configFields)) {
      const attribute = configAttributes[name as keyof typeof configAttributes]
      expect([name, attribute.sensitive]).toEqual([name, sensitive])
    }
  })
})
