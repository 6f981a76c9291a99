import { list, text, type Attributes } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'

/** What the data source of a list gives. `facts` are the attributes of one object. */
export const listed = <const Facts extends Attributes>(nouns: string, facts: Facts) => ({
  ids: list(`Ids of the ${nouns}, in the same order.`, 'text').computed(),
  items: list(`The ${nouns}, in the order in which they were made.`, facts).computed(),
})

/** The organization whose objects are listed. */
export const listedOrganizationId = text(
  "Only those of this organization. Else the provider's `organization_id`, else all that the token sees.",
).optional()

export const nameFilter = text('Only those with exactly this name.').optional()
export const partOfNameFilter = text('Only those with this in their name, in any case.').optional()

/** What the diagnostics of a list are about. */
export const listSubject = (nouns: string): Subject => ({
  noun: 'list of',
  type: '',
  name: nouns,
  importId: '',
})
