import { isUnknown, type Unknown } from '../../plugin/index.ts'
import { configBlocks, configFields } from '../gen/config-attributes.ts'

/** How the settings of a provider are written: as `config`, or as the block of its type. */
export const forms = ['config', ...Object.keys(configBlocks)] as readonly Form[]
export type Form = 'config' | keyof typeof configBlocks

export type Attribute = keyof typeof configFields
type Value = string | number | null
/** One value for each attribute of every type, without the write-only twins. */
export type Settings = Readonly<Record<Attribute, Value>>
/** What a view of the resource holds under the names of its forms. */
export type Written = { readonly [F in Form]: unknown }

/** Every setting that any type has. */
const attributes = Object.keys(configFields) as Attribute[]
export const credentials = attributes.filter((attribute) => configFields[attribute].sensitive)
export const twinOf = (attribute: string): string => `${attribute}_wo`

export const formsIn = (written: Written): Form[] => forms.filter((form) => written[form] !== null)

/** The form of a provider type's block: `aws-sm` is written `aws_sm { }`. */
export const blockOf = (type: string): Form => type.replaceAll('-', '_') as Form

/** The settings as they stand in a plan or a state, in whichever form. */
export const settingsIn = (written: Written): Settings =>
  Object.fromEntries(
    attributes.map((attribute) => [attribute, fieldsIn(written)[attribute] ?? null]),
  ) as Settings

/** The credentials that a configuration gives by write-only arguments. */
export function writeOnlyIn(config: Written): Partial<Record<Attribute, unknown>> {
  const fields = fieldsIn(config)
  const given = credentials.filter((attribute) => (fields[twinOf(attribute)] ?? null) !== null)
  return Object.fromEntries(given.map((attribute) => [attribute, fields[twinOf(attribute)]]))
}

/** A configuration in the API's names, unknown while the whole of it is. What is absent is null. */
export function toApi(config: Written): Readonly<Record<string, unknown>> | Unknown {
  const [form = 'config'] = formsIn(config)
  const fields = config[form]
  if (isUnknown(fields)) return fields
  const settings = { ...settingsIn(config), ...writeOnlyIn(config) }
  return Object.fromEntries(
    attributes.map((attribute) => [configFields[attribute].key, settings[attribute]]),
  )
}

/** Whether the credentials that are there would be of no use: they belong to an address and a way to log in. */
export const leavesCredentials = (prior: Settings, planned: Settings): boolean =>
  attributes.some(
    (attribute) =>
      (configFields[attribute].destination || attribute === 'auth_method') &&
      differs(attribute, prior, planned),
  )

/** Whether a setting means another thing: a default that is written out means the same. */
export const differs = (attribute: Attribute, prior: Settings, planned: Settings): boolean => {
  const otherwise = configFields[attribute].default
  return (prior[attribute] ?? otherwise) !== (planned[attribute] ?? otherwise)
}

interface Change {
  readonly prior: Settings
  readonly planned: Settings
  /** What the write-only arguments give, where they are to be sent. */
  readonly writeOnly: Partial<Record<Attribute, unknown>>
  /** Credentials that write-only arguments gave before, and no argument gives any more. */
  readonly left: readonly string[]
}

/**
 * What has to be sent to get from one config to another: changed fields, and null for those that go.
 * When a destination changes, every credential goes with it, for the API keeps none across that.
 */
export function changesBetween({ prior, planned, writeOnly, left }: Change) {
  const changed = attributes.filter((attribute) => differs(attribute, prior, planned))
  const moved = changed.some((attribute) => configFields[attribute].destination)
  const sent = attributes.filter((attribute) => {
    const resent = moved && configFields[attribute].sensitive && planned[attribute] !== null
    const isDue = attribute in writeOnly || left.includes(attribute)
    return resent || isDue || changed.includes(attribute)
  })
  return Object.fromEntries(
    sent.map((attribute) => [
      configFields[attribute].key,
      writeOnly[attribute] ?? planned[attribute],
    ]),
  )
}

/**
 * What the API holds, as the fields of a form. A credential is shown only as set or not set: when it is
 * set the state's own stands, unless somebody has changed it. A default that nobody wrote stays unwritten.
 */
export function fromApi(
  found: Readonly<Record<string, unknown>>,
  form: Form,
  state: Written,
  { sameCredentials }: { readonly sameCredentials: boolean },
): Written {
  const before = settingsIn(state)
  const names = form === 'config' ? attributes : fieldsOfBlock(form)
  const fields: Record<string, unknown> = {}
  for (const attribute of names) {
    const { key, sensitive, default: otherwise } = configFields[attribute]
    const value = Object.hasOwn(found, key) ? found[key] : null
    if (sensitive) {
      fields[attribute] = value === null || !sameCredentials ? null : before[attribute]
      fields[twinOf(attribute)] = null
    } else {
      fields[attribute] = before[attribute] === null && value === otherwise ? null : value
    }
  }
  return { ...(Object.fromEntries(forms.map((each) => [each, null])) as Written), [form]: fields }
}

function fieldsIn(written: Written): Readonly<Record<string, Value>> {
  const [form = 'config'] = formsIn(written)
  const fields = written[form]
  return isUnknown(fields) || fields === null ? {} : (fields as Readonly<Record<string, Value>>)
}

function fieldsOfBlock(form: Exclude<Form, 'config'>): Attribute[] {
  const { shape } = configBlocks[form]
  const names = 'attributes' in shape ? Object.keys(shape.attributes) : []
  return names.filter((name): name is Attribute => name in configFields)
}
