import { TerraformStack, Token, type IResolveContext, type TerraformResource } from 'cdktn'

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
  let reference: string | undefined
  return token(({ scope, suppressBraces }) => {
    // How one stack hands it to another, and what it is of a `for_each`, the framework knows.
    if (resource.forEach || TerraformStack.of(scope) !== resource.cdktfStack) {
      return (reference ??= resource.getStringAttribute(attribute))
    }
    const { terraformResourceType, friendlyUniqueId } = resource
    const address = `${terraformResourceType}.${friendlyUniqueId}.${attribute}`
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
