import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { attached } from '../support/attached.ts'

const golden = join(import.meta.dirname, 'shelf-schema.json')
const renew =
  'If the schema is meant to be other, renew the file: npx vitest run --project unit -u test/cdktf-provider/plugin/terraform/schema.test.ts'

describe('terraform and the schema of a provider', () => {
  const workspaceOf = attached()

  it('prints it as it is written down', async () => {
    const { stdout } = await workspaceOf('').raw('providers', 'schema', '-json')
    // Newer versions than the one that wrote the file add the identities.
    const schemas: unknown = JSON.parse(stdout, (key, value: unknown) =>
      key === 'resource_identity_schemas' ? undefined : value,
    )
    const printed = await format(JSON.stringify(schemas), {
      ...(await resolveConfig(golden)),
      filepath: golden,
    })
    await expect(printed, renew).toMatchFileSnapshot(golden)
  })

  it('replaces the provider by a mock in `terraform test`', async () => {
    const workspace = workspaceOf(`
      resource "shelf_book" "a" {
        isbn = "1"
        title = "A"
        cover = { colour = "red" }
      }
      resource "shelf_box" "a" {
        label = "A"
        loan { reader = "ada" }
        items = [{ name = "pen" }]
      }
      data "shelf_book" "found" { title = "A" }
      output "id" { value = shelf_book.a.id }`)
    mkdirSync(workspace.path('tests'))
    writeFileSync(
      workspace.path('tests/shelf.tftest.hcl'),
      `mock_provider "shelf" {
        mock_resource "shelf_book" { defaults = { id = "mocked" } }
      }
      run "all" {
        assert {
          condition = output.id == "mocked" && shelf_box.a.loan.days == 0
          error_message = "The mock does not follow the schema."
        }
        assert {
          condition = length(shelf_book.a.cover.print) > 0 && data.shelf_book.found.id != null
          error_message = "The mock gives what the schema computes."
        }
      }`,
    )
    const { code, output } = await workspace.run('test')
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 passed, 0 failed') as string,
    })
    expect(workspace.read('shelf.json')).toBe('')
  })
})
