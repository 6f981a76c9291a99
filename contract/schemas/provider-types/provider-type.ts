import * as z from 'zod'
import { looksLikeMask, sensitive } from '../../masking.ts'

/** A kind of secret provider: its name, and what its config may hold. */
export interface ProviderTypeDefinition {
  readonly type: string
  readonly name: string
  readonly description: string
  readonly config: z.ZodDiscriminatedUnion<readonly z.ZodObject[]> | z.ZodObject
  /**
   * How a config of this type makes use of what belongs to the deployment and not to an organization,
   * such as its identity in a cloud; undefined when it brings its own credentials.
   */
  readonly borrows: (config: Readonly<Record<string, unknown>>) => string | undefined
  /** Addresses and files of the server that a config of this type names besides its destination fields. */
  readonly places: (config: Readonly<Record<string, unknown>>) => readonly Place[]
}

/** Where a config leads: the field that says so, and which member when the field is itself an object. */
export type Place = { readonly field: string; readonly member?: string } & (
  { readonly url: string } | { readonly file: string }
)

/** Keeps the literal type of the definition. */
export const providerType = <const Definition extends ProviderTypeDefinition>(
  definition: Definition,
): Definition => definition

/** Names a field for forms and documents it for everybody. */
export const field = <Schema extends z.ZodType>(
  schema: Schema,
  label: string,
  help: string,
): Schema => schema.meta({ ...marksOf(schema), label, description: help })

/**
 * What a schema is marked as. `.optional()` and `.default()` make a new schema without the marks: one
 * that were lost there would store a credential as it is.
 */
const marksOf = (schema: z.ZodType): Readonly<Record<string, unknown>> => ({
  ...(schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? marksOf(schema.unwrap() as z.ZodType)
    : {}),
  ...schema.meta(),
})

/** A text that is sealed at once and reads as a mask ever after. */
export const credential = () =>
  sensitive(
    z
      .string()
      .min(1, 'Give the credential itself; to clear it in an update give null.')
      .refine(
        (text) => !looksLikeMask(text),
        'This is a mask, not a credential: give the credential itself.',
      ),
  )

/** One field of a config, as a form or a Terraform schema needs it. */
export interface ConfigField {
  readonly key: string
  readonly label: string
  readonly type: 'text' | 'password' | 'select' | 'multiline'
  readonly required: boolean
  readonly sensitive?: true
  readonly help?: string
  readonly options?: readonly (string | number)[]
  /** What the field is when it is left out. */
  readonly default?: string | number
  /** Shown, and allowed, only while these other fields have these values, or one of them. */
  readonly when?: Readonly<Record<string, string | readonly string[]>>
  /** Says where credentials are sent. */
  readonly destination?: true
}

/** The fields of a type, read off its schema; one that several variants share means the same in each and stands once. */
export function configFields({ config }: ProviderTypeDefinition): ConfigField[] {
  if (config instanceof z.ZodObject) return fieldsOf(config, undefined)
  const { discriminator } = config.def
  const variants = config.options.map((variant) => {
    const choice = literalOf(variant.shape[discriminator])
    return { choice, fields: fieldsOf(variant, discriminator) }
  })
  const keys = new Set(variants.flatMap(({ fields }) => fields.map(({ key }) => key)))
  return [...keys].flatMap((key): ConfigField[] => {
    const having = variants.flatMap(({ choice, fields }) =>
      fields.filter((found) => found.key === key).map((found) => ({ choice, found })),
    )
    const [first] = having.map(({ found }) => found)
    if (first && key === discriminator) {
      return [{ ...first, type: 'select', options: having.map(({ choice }) => choice) }]
    }
    if (!first || having.length === variants.length) return first ? [first] : []
    const choices = having.map(({ choice }) => choice)
    const [only] = choices
    return [{ ...first, when: { [discriminator]: choices.length === 1 && only ? only : choices } }]
  })
}

function fieldsOf(object: z.ZodObject, discriminator: string | undefined): ConfigField[] {
  return Object.entries(object.shape).map(([key, value]) => {
    const schema = value as z.ZodType
    const { label, description, sensitive, destination, multiline } = schema.meta() ?? {}
    const options = optionsOf(schema)
    return {
      key,
      label: typeof label === 'string' ? label : key,
      type: sensitive ? 'password' : multiline ? 'multiline' : options ? 'select' : 'text',
      required: !schema.safeParse(undefined).success && key !== discriminator,
      ...(sensitive ? { sensitive: true } : {}),
      ...(description ? { help: description } : {}),
      ...(options ? { options } : {}),
      ...(schema instanceof z.ZodDefault
        ? { default: schema.def.defaultValue as string | number }
        : {}),
      ...(destination ? { destination: true } : {}),
    }
  })
}

const unwrap = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap())
    : schema

function optionsOf(schema: z.ZodType): readonly (string | number)[] | undefined {
  const inner = unwrap(schema)
  return inner instanceof z.ZodLiteral ? ([...inner.values] as (string | number)[]) : undefined
}

const literalOf = (schema: unknown): string => String(optionsOf(schema as z.ZodType)?.[0] ?? '')
