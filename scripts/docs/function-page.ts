import type { Attribute } from '../../cdktf-provider/plugin/framework/attributes.ts'
import type { AnyFunction } from '../../cdktf-provider/plugin/framework/provider.ts'
import { attributeType } from '../../cdktf-provider/plugin/framework/schema.ts'
import type { Type } from '../../cdktf-provider/plugin/values/type.ts'
import { fenced, frontMatter } from './markdown.ts'
import { typeName } from './type-name.ts'

/** The page of a function. */
export function functionPage(provider: string, definition: AnyFunction, usage: string): string {
  const { name, summary, description, rest, returns } = definition
  const parameters = Object.entries(definition.parameters as Record<string, Attribute>)
  const signature = [
    ...parameters.map(([parameter, attribute]) => `${parameter} ${signatureType(attribute)}`),
    ...(rest ? [`rest ${signatureType(rest as Attribute)}...`] : []),
  ].join(', ')
  const title = `${name} function - terraform-provider-${provider}`
  return `${frontMatter({ title, subcategory: '', description: summary })}

# function: ${name}

${description}

${usage}

## Signature

${fenced('text', `${name}(${signature}) ${signatureType(returns as Attribute)}`)}

## Arguments

${parameters.map(([parameter, attribute]) => argument(parameter, attribute)).join('\n')}
${rest ? argument('rest', rest as Attribute, 'Variadic, ') : ''}
`
}

function argument(name: string, attribute: Attribute, kind = ''): string {
  const nullable = attribute.presence === 'optional' ? ', Nullable' : ''
  return `1. \`${name}\` (${kind}${typeName(attribute)}${nullable}) ${attribute.description}`
}

/** A type in Terraform's words for a signature. */
const signatureType = (attribute: Attribute): string => friendly(attributeType(attribute))

function friendly(type: Type): string {
  if (typeof type === 'string') return type
  return type[0] === 'list' || type[0] === 'set' || type[0] === 'map'
    ? `${type[0]} of ${friendly(type[1])}`
    : type[0]
}
