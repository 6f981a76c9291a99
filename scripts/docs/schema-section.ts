import type { Attribute, Attributes } from '../../cdktf-provider/plugin/framework/attributes.ts'
import { typeName } from './type-name.ts'

/** "Schema" and everything nested in it, each below an anchor that the attribute links to. */
export function schemaSection(attributes: Attributes): string {
  const parts = ['## Schema', ...groups(attributes, { path: [], heading: '### ', colon: '' })]
  return parts.join('\n\n')
}

interface Place {
  readonly path: readonly string[]
  readonly heading: string
  readonly colon: string
}

/** The attributes by who gives them, then what is nested in them. */
function groups(attributes: Attributes, { path, heading, colon }: Place): string[] {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))
  const grouped = presences.map(({ title, has }) => ({
    title,
    members: entries.filter(([, attribute]) => has(attribute)),
  }))
  const written = grouped.flatMap(({ title, members }) => {
    if (members.length === 0) return []
    const note = members.some(([, { writeOnly }]) => writeOnly) ? [writeOnlyNote] : []
    const lines = members.map(([name, attribute]) => line(attribute, [...path, name])).join('\n')
    return [`${heading}${title}${colon}`, ...note, lines]
  })
  const nested = grouped.flatMap(({ members }) =>
    members.flatMap(([name, attribute]) => nestedSchema(attribute, [...path, name])),
  )
  return [...written, ...nested]
}

function nestedSchema(attribute: Attribute, path: readonly string[]): string[] {
  if ('type' in attribute.shape) return []
  return [
    `<a id="${anchor(attribute, path)}"></a>`,
    `### Nested Schema for \`${path.join('.')}\``,
    ...groups(attribute.shape.attributes, { path, heading: '', colon: ':' }),
  ]
}

const presences: readonly {
  readonly title: string
  readonly has: (attribute: Attribute) => boolean
}[] = [
  { title: 'Required', has: ({ presence }) => presence === 'required' },
  {
    title: 'Optional',
    has: ({ presence }) => presence !== 'required' && presence !== 'computed',
  },
  { title: 'Read-Only', has: ({ presence }) => presence === 'computed' },
]

function line(attribute: Attribute, path: readonly string[]): string {
  const { block, sensitive, writeOnly, replaces, default: otherwise } = attribute
  const marks = [
    block ? 'Block, Optional' : typeName(attribute),
    ...(sensitive ? ['Sensitive'] : []),
    ...(writeOnly ? [`[Write-only](${writeOnlyArguments})`] : []),
  ].join(', ')
  const sentences = [
    attribute.description,
    ...(otherwise === null ? [] : [`Defaults to \`${String(otherwise)}\`.`]),
    ...(replaces ? ['Changing this forces a new resource to be created.'] : []),
    ...('type' in attribute.shape
      ? []
      : [`(see [below for nested schema](#${anchor(attribute, path)}))`]),
  ]
  return `- \`${path.at(-1)}\` (${marks}) ${sentences.join(' ')}`
}

const anchor = ({ block }: Attribute, path: readonly string[]): string =>
  [block ? 'nestedblock' : 'nestedatt', ...path].join('--')

const writeOnlyArguments =
  'https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments'

const writeOnlyNote = `> **NOTE**: [Write-only arguments](${writeOnlyArguments}) are supported in Terraform 1.11 and later.`
