import { fenced } from '../docs/markdown.ts'
import type { Api, Callable, L1Class } from './api.ts'
import { code, oneLine } from './words.ts'

/** What the generator has made of the provider: tables that lead to the pages of the registry. */
export function l1Section(packageName: string, { l1, providerFunctions }: Api): string[] {
  return [
    '## L1',
    'Generated from the schema of the Terraform provider: every argument and every attribute that it has, in camelCase. The registry says what each is.',
    fenced(
      'typescript',
      `import { secret } from '${packageName}' // secret.Secret
import { Secret } from '${packageName}/lib/secret' // that one alone, which loads faster`,
    ),
    ...groups.flatMap(({ title, path }) => {
      const classes = l1.filter(({ url }) => url.includes(path))
      return classes.length === 0 ? [] : [`### ${title}`, table(classes)]
    }),
    ...functions(providerFunctions),
  ]
}

const groups = [
  { title: 'Resources', path: '/docs/resources/' },
  { title: 'Data sources', path: '/docs/data-sources/' },
  { title: 'Ephemeral resources', path: '/docs/ephemeral-resources/' },
] as const

function table(classes: readonly L1Class[]): string {
  const rows = classes.map(({ namespace, name, terraformType, url }) => {
    const folder = namespace.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return `| ${code(`${namespace}.${name}`)} | ${code(`lib/${folder}`)} | [${terraformType}](${url}) |`
  })
  return ['| class | by itself in | in the registry |', '| --- | --- | --- |', ...rows].join('\n')
}

function functions(callables: readonly Callable[]): string[] {
  if (callables.length === 0) return []
  const items = callables.map(({ name, description }) => `- ${code(name)}: ${oneLine(description)}`)
  return ['### Provider functions', 'Of an `AgynProvider`, as its `functions`:', items.join('\n')]
}
