import type { TerraformElement } from 'cdktn'
import type { IConstruct } from 'constructs'
import { firstOf } from './claims.ts'
import type { Complaint } from './stack-checks.ts'

/** Tells of every element whose Terraform address is none, or is another one's, by who made it. */
export function wrongAddresses(owners: ReadonlyMap<TerraformElement, IConstruct>): Complaint[] {
  const taken = new Map<string, IConstruct>()
  return [...owners].flatMap(([element, construct]) => {
    const { friendlyUniqueId } = element
    const wrong = complaintOn(construct.node.id, friendlyUniqueId)
    const key = `${element.constructor.name}.${friendlyUniqueId}`
    const first = firstOf(taken, key, construct)
    // The frameworks would lay one over the other, and Terraform would know of one.
    const second =
      first === construct
        ? undefined
        : `It has the Terraform address of ${first.node.path}, \`${friendlyUniqueId}\`. Give overrideLogicalId another one.`
    return [wrong, second]
      .filter((sentence) => sentence !== undefined)
      .map((sentence): Complaint => [construct, sentence])
  })
}

/** Of a construct id comes a Terraform address, from which the frameworks drop what Terraform refuses. */
function complaintOn(constructId: string, address: string): string | undefined {
  if (!/^[\w-]*$/.test(constructId)) {
    return 'Terraform takes letters, digits, `_` and `-` in an address. Give another construct id.'
  }
  if (/^[A-Za-z_][\w-]*$/.test(address)) return undefined
  return `Its Terraform address would be \`${address}\`, and has to begin with a letter and to go on with letters, digits, \`_\` and \`-\`. Give another construct id, or another one to overrideLogicalId.`
}
