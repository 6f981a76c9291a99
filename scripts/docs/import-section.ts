import { fenced } from './markdown.ts'

/** Answers an example by its path, such as `resources/shelf_book/resource.tf`; null where there is none. */
export type ReadExample = (path: string) => string | null

/** How to bring an object under Terraform that exists; empty where no example shows it. */
export function importSection(folder: string, example: ReadExample): string {
  const ways = [
    {
      file: 'import-by-identity.tf',
      language: 'terraform',
      text: `In Terraform v1.12.0 and later, the ${block} can be used with the \`identity\` attribute, for example:`,
    },
    {
      file: 'import-by-string-id.tf',
      language: 'terraform',
      text: `In Terraform v1.5.0 and later, the ${block} can be used with the \`id\` attribute, for example:`,
    },
    {
      file: 'import.sh',
      language: 'shell',
      text: `The [\`terraform import\` command](https://developer.hashicorp.com/terraform/cli/commands/import) can be used, for example:`,
    },
  ]
  const shown = ways.flatMap(({ file, language, text }) => {
    const code = example(`${folder}/${file}`)
    return code === null ? [] : [text, fenced(language, code)]
  })
  if (shown.length === 0) return ''
  return ['## Import', 'Import is supported using the following syntax:', ...shown].join('\n\n')
}

const block = '[`import` block](https://developer.hashicorp.com/terraform/language/import)'
