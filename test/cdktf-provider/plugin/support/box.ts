import {
  flag,
  number,
  object,
  resource,
  set,
  text,
  timeouts,
  type State,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Store } from './store.ts'

const attributes = {
  id: text('Id of the box.').computed({ keeps: true }),
  label: text('What is written on it.').required(),
  waits_for: text('The event it is made after.').optional(),
  key_wo: text('Opens it.').writeOnly(),
  items: set('What is in it.', {
    name: text('What it is.').required(),
    count: number('How many of them.').optional(),
    sizes: set('Their sizes.', 'number').optional(),
  }).optional(),
  loan: object('Who has it.', {
    reader: text('Who.').required(),
    pin_wo: text('The number that opens it for the reader.').writeOnly(),
    days: number('For how long.').default(30),
    proof: text('Proof of the loan.').computed(),
  }).block(),
  opened: flag('Whether the key and the pin were right.').computed(),
  remembered: text('What the provider remembers of it.').computed({ nullable: true, keeps: true }),
  timeouts,
}

/** A box with blocks, sets of objects, timeouts and a past. It lives in the state alone. */
export const box = resource<Store>()({
  type: 'shelf_box',
  description: 'A box beside the books.',
  version: 1,
  attributes,
  identity: ['id'],
  newId: () => crypto.randomUUID(),

  async create({ client, planned, config, id, privateState, signal }) {
    if (planned.waits_for) await client.happens(planned.waits_for, signal)
    privateState.value = { made: id }
    return { ...filled(planned, config), id, remembered: id }
  },
  read({ state, privateState }) {
    const remembered = privateState.value as { readonly made: string } | null
    // After an import or an upgrade there is less state than its type says.
    const { label = null, opened = null } = state as Partial<typeof state>
    return {
      ...state,
      label: label ?? 'imported',
      opened: opened ?? false,
      remembered: remembered?.made ?? null,
    }
  },
  update: ({ prior, planned, config }) => ({
    ...filled(planned, config),
    id: prior.id,
    remembered: prior.remembered,
  }),
  async delete({ client, prior, signal }) {
    if (prior.label === 'stuck') await client.happens('never', signal)
  },
  import: ({ id }) => ({ id }),

  // Before version 1 the label was called a name.
  upgrade: ({ state }) => ({ id: String(state['id']), label: String(state['name']) }),
  move({ type, state }) {
    return type.endsWith('_crate')
      ? { id: String(state['id']), label: String(state['title']) }
      : null
  },
})

type Given = Omit<State<typeof attributes>, 'id' | 'opened' | 'remembered' | 'loan'>
type Loan = State<typeof attributes>['loan']

/** What both keys say, which only the configuration knows. */
function filled(
  planned: Given & { readonly loan: Omit<NonNullable<Loan>, 'proof'> | null },
  config: {
    readonly key_wo: string | null
    readonly loan: { readonly pin_wo: string | null } | null
  },
) {
  const { loan } = planned
  return {
    ...planned,
    opened: config.key_wo !== null && config.loan?.pin_wo !== null,
    loan: loan && { ...loan, proof: `lent to ${loan.reader}` },
  }
}
