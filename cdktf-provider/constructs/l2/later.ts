import {
  TerraformStack,
  Token,
  type IResolveContext,
  type TerraformElement,
  type TerraformResource,
} from 'cdktn'

/**
 * Text that is asked for once, when the stack is synthesized. A resource is named by then, so that
 * `overrideLogicalId` may be called after others refer to it.
 */
export function later(text: () => string): string {
  let asked: string | undefined
  return token(() => (asked ??= text()))
}

/** An attribute of a resource, which is named by then likewise. */
export function attributeOf(resource: TerraformResource, attribute: string): string {
  return referenceTo(resource, {
    address({ forEach, terraformResourceType, friendlyUniqueId }) {
      // A list then, which the framework writes.
      if (forEach) return undefined
      return `${terraformResourceType}.${friendlyUniqueId}.${attribute}`
    },
    reference: () => resource.getStringAttribute(attribute),
  })
}

/** What stands at the address of an element: where none is known, and in another stack, the framework's own reference. */
export function referenceTo<Element extends TerraformElement>(
  element: Element,
  options: {
    readonly address: (element: Element) => string | undefined
    readonly reference: () => string
  },
): string {
  let reference: string | undefined
  return token(({ scope, suppressBraces }) => {
    const isHere = TerraformStack.of(scope) === element.cdktfStack
    const address = isHere ? options.address(element) : undefined
    if (address === undefined) return (reference ??= options.reference())
    return suppressBraces ? address : `\${${address}}`
  })
}

/** Not a `Lazy`, and no reference: each captures the call stack, the dearest part of a stack. */
const token = (resolve: (context: IResolveContext) => string): string =>
  Token.asString({
    creationStack: [],
    resolve,
    toString() {
      return Token.asString(this)
    },
  })
