import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DebugSession } from '../../cdktf-provider/plugin/index.ts'
import { Terraform } from '../support/terraform.ts'
import { attach, required } from './world.ts'

const root = join(import.meta.dirname, '../..')
const guides = 'cdktf-provider/docs/guides'

/** What the prose shows of Terraform. Other HCL, such as Terraform's own settings, is fenced as `hcl`. */
const configurations = [
  'README.md',
  ...readdirSync(join(root, guides)).map((file) => `${guides}/${file}`),
]
  .flatMap((file) => sections(file))
  .flatMap(({ at, text }) => {
    const blocks = [...text.matchAll(/^```terraform\n([^]*?)^```/gm)].map(([, code = '']) => code)
    return blocks.length === 0 ? [] : [[at, blocks.join('\n')] as const]
  })

/** The blocks below one heading are one configuration. */
function sections(file: string): { readonly at: string; readonly text: string }[] {
  const text = readFileSync(join(root, file), 'utf8')
  return text.split(/^(?=## )/m).map((section) => {
    const [heading = ''] = section.split('\n')
    return { at: `${file}, ${heading.replace(/^#+ /, '')}`, text: section }
  })
}

let session: DebugSession
beforeAll(async () => {
  session = await attach()
})
afterAll(() => session.close())

describe('the configuration in', () => {
  it.each(configurations)(
    '%s is valid, and laid out as Terraform does',
    async (_, configuration) => {
      const terraform = new Terraform({ ...session.environment })
      try {
        terraform.write(configuration)
        if (!configuration.includes('required_providers')) terraform.write(required, 'required.tf')
        expect(await terraform.run('validate', '-no-color')).toMatchObject({ code: 0 })
        expect(await terraform.run('fmt', '-check', '-diff', 'main.tf')).toMatchObject({ code: 0 })
      } finally {
        terraform.remove()
      }
    },
  )
})
