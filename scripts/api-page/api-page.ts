import { fenced } from '../docs/markdown.ts'
import type { Api, ApiType, Callable, Property } from './api.ts'
import { l1Section } from './l1-section.ts'
import { code, inWords, oneLine } from './words.ts'

/** `API.md` of a package: what it exports, in the sections that jsii-docgen has, on one page. */
export function apiPage(packageName: string, api: Api): string {
  return new Page(packageName, api).write()
}

const sections = [
  { title: 'Constructs', kind: 'construct' },
  { title: 'Structs', kind: 'struct' },
  { title: 'Classes', kind: 'class' },
  { title: 'Interfaces', kind: 'interface' },
] as const

class Page {
  readonly #packageName: string
  readonly #api: Api
  readonly #types: ReadonlyMap<string, ApiType>

  constructor(packageName: string, api: Api) {
    this.#packageName = packageName
    this.#api = api
    this.#types = new Map(api.types.map((type) => [type.name, type]))
  }

  write(): string {
    const written = sections.map(({ title, kind }) => ({
      title,
      types: this.#api.types.filter((type) => type.kind === kind),
    }))
    const contents = [
      ...written.map(({ title, types }) => `- **${title}**: ${links(types)}`),
      '- **[Functions](#functions)** and **[L1](#l1)**',
    ]
    return [
      `# API of ${this.#packageName}`,
      'What the package exports, written by `npm run generate` from its sources. How it is used is shown in the [README](README.md).',
      contents.join('\n'),
      ...written.flatMap(({ title, types }) => [
        `## ${title}`,
        ...types.flatMap((type) => this.#type(type)),
      ]),
      '## Functions',
      ...this.#api.functions.flatMap((each) => this.#callable(each, each.name)),
      ...l1Section(this.#packageName, this.#api),
    ].join('\n\n')
  }

  #type(type: ApiType): string[] {
    const { name, description, examples, initializer, statics, methods, properties } = type
    const inherited = this.#inherited(type)
    return [
      `### ${name}`,
      ...[description, this.#takenBy(type), inherited].filter((text) => text !== ''),
      ...examples.map(example),
      ...(initializer ? this.#callable(initializer, `new ${name}`) : []),
      ...statics.flatMap((each) => this.#callable(each, `${name}.${each.name}`)),
      ...methods.flatMap((each) => this.#callable(each, each.name)),
      ...(properties.length === 0
        ? []
        : [
            type.kind === 'struct' ? '' : '#### Properties',
            properties.map((each) => this.#property(each)).join('\n'),
          ]),
    ].filter((text) => text !== '')
  }

  /** Which functions a struct is given to: most have no other purpose. */
  #takenBy({ name, kind }: ApiType): string {
    if (kind !== 'struct') return ''
    const takes = ({ parameters }: Callable) => parameters.some(({ type }) => type === name)
    const found = this.#api.types.flatMap(
      ({ name: owner, kind: of, initializer, statics, methods }) => [
        ...(initializer && takes(initializer) ? [`\`new ${owner}\``] : []),
        ...statics.filter(takes).map((each) => `\`${owner}.${each.name}\``),
        ...methods
          .filter((each) => of !== 'interface' && takes(each))
          .map((each) => `\`${each.name}\` of \`${owner}\``),
      ],
    )
    return found.length === 0 ? '' : `Given to ${inWords(found)}.`
  }

  #inherited({ bases, isUnion, kind }: ApiType): string {
    if (bases.length === 0) return ''
    if (isUnion) return `One of ${inWords(bases.map(link), 'or')}.`
    const names = bases.flatMap((base) => this.#namesOf(base)).map(code)
    const [verb, third] = kind === 'struct' ? ['Takes', 'takes'] : ['Has', 'has']
    return `${verb} what ${inWords(bases.map(link))} ${third}: ${names.join(', ')}.`
  }

  /** Of all members, its own and those that it has from others. */
  #namesOf(name: string): string[] {
    const { bases = [], methods = [], properties = [] } = this.#types.get(name) ?? {}
    const own = [...methods, ...properties].map((member) => member.name)
    return [...bases.flatMap((base) => this.#namesOf(base)), ...own]
  }

  #callable(callable: Callable, name: string): string[] {
    const { parameters, returns, description, examples } = callable
    const written = parameters.map(
      (parameter) => `${parameter.name}${parameter.optional ? '?' : ''}: ${parameter.type}`,
    )
    const made = name.startsWith('new ') ? '' : `: ${returns}`
    const described = parameters.filter((parameter) => parameter.description !== '')
    const types = [...parameters.map(({ type }) => type), returns].flatMap((type) =>
      this.#ours(type),
    )
    const others = [...new Set(types)].filter(
      (type) => !name.startsWith(type) && name !== `new ${type}`,
    )
    return [
      `#### \`${name}(${written.join(', ')})${made}\``,
      description,
      described.map((each) => `- \`${each.name}\`: ${oneLine(each.description)}`).join('\n'),
      others.length === 0 ? '' : `See ${inWords(others.map(link))}.`,
      ...examples.map(example),
    ].filter((text) => text !== '')
  }

  #property(property: Property): string {
    const { name, type, optional, description, examples } = property
    const ours = this.#ours(type)
    const shown =
      ours.length === 1 && ours[0] === type ? `[\`${type}\`](#${type.toLowerCase()})` : code(type)
    return [
      `- **\`${name}${optional ? '?' : ''}\`** ${shown}: ${oneLine(description)}`,
      ...(property.default === undefined ? [] : [`_Default:_ ${defaultOf(property.default)}.`]),
      ...examples.map((each) => `_Example:_ ${code(oneLine(each))}`),
    ].join('  \n  ')
  }

  /** The types of this page that a type is made of. */
  #ours(type: string): string[] {
    return (type.match(/(?<![.\w])[A-Z]\w*/g) ?? []).filter((name) => this.#types.has(name))
  }
}

const example = (text: string): string => fenced('typescript', text)

const links = (types: readonly ApiType[]): string => types.map(({ name }) => link(name)).join(', ')

const link = (name: string): string => `[${name}](#${name.toLowerCase()})`

/** What is a value is written as code, and what is said of one as it is. */
const defaultOf = (text: string): string =>
  /^('[^']*'|\d+|true|false)$/.test(text) ? code(text) : oneLine(text)
