import type { Attribute, Attributes } from './attributes.ts'
import type { AnyFunction, AnyResource, Provider } from './provider.ts'
import { timeouts } from './timeouts.ts'
import { attributesOf } from './walk.ts'

/**
 * Finds the mistakes in a provider that types cannot: one sentence each, none when it is sound. Meant
 * for a test, so that a released provider need not check itself at every start.
 */
export function checkProvider(provider: Provider): string[] {
  const problems: string[] = []
  const say = (where: string, problem: string) => problems.push(`${where}: ${problem}`)

  if (!/^[a-z][a-z0-9-]*$/.test(provider.name)) say(provider.name, 'not a provider name')
  if (!provider.version) say(provider.name, 'has no version')
  checkSchema(provider.name, provider, { reserved: providerWords, givesNothing: true }, say)
  for (const kind of ['resources', 'dataSources', 'ephemeralResources'] as const) {
    const seen = new Set<string>()
    for (const definition of provider[kind] ?? []) {
      const { type } = definition
      if (!name.test(type) || !type.startsWith(`${provider.name.replaceAll('-', '_')}_`)) {
        say(type, `a type's name begins with ${provider.name}_ and has only a-z, 0-9 and _`)
      }
      if (seen.has(type)) say(type, 'defined twice')
      seen.add(type)
      checkSchema(type, definition, { reserved: blockWords, givesNothing: false }, say)
      if (kind !== 'resources') checkReadOnly(type, definition.attributes, say)
    }
  }
  for (const resource of provider.resources) checkResource(resource, say)
  for (const each of provider.functions ?? []) checkFunction(each, say)
  return problems
}

function checkResource(
  { type, attributes, newId, identity = [], version = 0, upgrade }: AnyResource,
  say: Say,
): void {
  const id: Attribute | undefined = attributes['id']
  const typed = id && 'type' in id.shape && id.shape.type === 'string'
  if (newId && !(typed && id.presence === 'computed' && id.keeps)) {
    say(type, '`newId` needs an attribute `id` made by text().computed({ keeps: true })')
  }
  for (const name of identity) {
    const attribute: Attribute | undefined = attributes[name]
    const stays = attribute && (attribute.replaces || attribute.keeps)
    if (!stays || !('type' in attribute.shape)) {
      say(`${type}.${name}`, 'what names an object is a plain attribute that it keeps for life')
    }
  }
  for (const [key, attribute] of Object.entries(attributes as Attributes)) {
    if (attribute === timeouts && key !== 'timeouts') {
      say(`${type}.${key}`, 'the limits take effect in an attribute called `timeouts`')
    }
  }
  if (version > 0 && !upgrade)
    say(type, 'has a version and no `upgrade` for the state of older ones')
}

function checkFunction(definition: AnyFunction, say: Say): void {
  const { summary, description } = definition
  const where = `${definition.name}()`
  if (!name.test(definition.name)) say(where, 'not a name of a function')
  if (!summary || !description) say(where, 'has no summary, or no description')
  const { rest } = definition as { readonly rest?: Attribute | null }
  const parameters = definition.parameters as Attributes
  if (rest && Object.hasOwn(parameters, 'rest')) say(`${where}.rest`, 'the name is reserved')
  const all: Attributes = { ...parameters, ...(rest && { rest }) }
  checkAttributes(where, all, { ...outside, inAttribute: true }, say)
  for (const [key, { presence, writeOnly }] of Object.entries(all)) {
    if (!writeOnly && (presence === 'required' || presence === 'optional')) continue
    say(`${where}.${key}`, 'a parameter is required, or optional when it may be null')
  }
}

type Say = (where: string, problem: string) => void

const name = /^[a-z][a-z0-9_]*$/
/** Words Terraform keeps for itself in a provider, resource or data block. */
const providerWords = ['alias', 'version']
const blockWords = [
  'connection',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
]

function checkSchema(
  where: string,
  { description, attributes }: { readonly description: string; readonly attributes: Attributes },
  { reserved, givesNothing }: { readonly reserved: string[]; readonly givesNothing: boolean },
  say: Say,
): void {
  if (!description) say(where, 'has no description')
  for (const word of reserved) {
    if (Object.hasOwn(attributes, word)) say(`${where}.${word}`, 'the name is reserved')
  }
  checkAttributes(where, attributes, outside, say)
  for (const [key, { presence, writeOnly }] of Object.entries(attributes)) {
    if (givesNothing && (writeOnly || (presence !== 'required' && presence !== 'optional'))) {
      say(`${where}.${key}`, 'a provider is only configured: required or optional')
    }
  }
}

interface Place {
  readonly underComputed: boolean
  readonly inAttribute: boolean
  readonly inList: boolean
  readonly inSet: boolean
}

const outside: Place = { underComputed: false, inAttribute: false, inList: false, inSet: false }

function checkAttributes(where: string, attributes: Attributes, place: Place, say: Say): void {
  for (const [key, attribute] of Object.entries(attributes)) {
    const here = `${where}.${key}`
    const provided = attribute.presence !== 'required' && attribute.presence !== 'optional'
    if (!name.test(key)) say(here, 'not an attribute name')
    if (!attribute.description) say(here, 'has no description')
    if (attribute.writeOnly && place.underComputed) {
      say(here, 'Terraform refuses write-only arguments below one the provider may give')
    }
    if (attribute.block && place.inAttribute) {
      say(here, 'a block stands on its own or in a block, and this is in an attribute')
    }
    if (attribute.keeps && place.inList) {
      say(here, 'elements of a list match by place, so one would keep the value of another')
    }
    if (place.inSet && (provided || attribute.writeOnly || attribute.replaces)) {
      say(here, 'elements of a set have no identity, so the configuration gives them as they are')
    }
    if (attribute.presence === 'default' && attribute.default === null) {
      say(here, 'a default of null says nothing: make it optional')
    }
    if ('type' in attribute.shape) continue
    if (attribute.writeOnly) say(here, 'only plain attributes can be write-only')
    const underComputed = place.underComputed || provided
    const inAttribute = place.inAttribute || !attribute.block
    const inList = place.inList || attribute.shape.nesting === 'list'
    const inSet = place.inSet || attribute.shape.nesting === 'set'
    checkAttributes(
      here,
      attribute.shape.attributes,
      { underComputed, inAttribute, inList, inSet },
      say,
    )
  }
}

/** Data sources and ephemeral resources, which are read anew each time. */
function checkReadOnly(where: string, attributes: Attributes, say: Say): void {
  for (const [key, attribute] of Object.entries(attributes)) {
    const here = `${where}.${key}`
    const { presence, writeOnly, replaces, keeps } = attribute
    if (writeOnly) say(here, 'what is read anew has no write-only arguments')
    if (replaces || keeps) say(here, 'what is read anew is neither replaced nor updated')
    if (presence === 'default') say(here, 'what is read anew has no defaults: use orComputed')
    if (attribute === timeouts) say(here, 'only resources have timeouts')
    checkReadOnly(here, attributesOf(attribute), say)
  }
}
