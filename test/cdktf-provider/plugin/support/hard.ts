import {
  dynamic,
  exactNumber,
  flag,
  list,
  map,
  number,
  object,
  resource,
  set,
  text,
  type Planned,
  type State,
} from '../../../../cdktf-provider/plugin/index.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  numbers: set('Numbers.', 'number').optional(),
  huge: exactNumber('A number of any size.').optional(),
  anything: dynamic('Any value.').optional(),
  given: text('Given or computed.').orComputed({ keeps: true }),
  echo: text('What was given last.').computed(),
  single: object('One object.', {
    a: text('A.').required(),
    b: text('B.').default('b'),
    c: text('C.').computed(),
    pass_wo: text('Pass.').writeOnly(),
    inner: object('Deeper.', { d: number('D.').default(0.1), e: text('E.').computed() }).optional(),
  }).optional(),
  rules: list('Objects by place.', {
    host: text('Host.').required(),
    port: number('Port.').default(443),
    handle: text('Handle.').computed(),
    open: flag('Open.').optional({ sensitive: true }),
  }).optional(),
  by_name: map('Objects by name.', {
    v: text('V.').required(),
    made: text('Made.').computed({ keeps: true }),
  }).optional(),
  words: list('Words, null among them.', 'text').optional(),
  flags: map('Flags.', 'flag').optional(),
  long: text('A long text.').optional({ sensitive: true }),
  groups: set('Objects in no order.', {
    name: text('Name.').required(),
    members: list('Members.', {
      name: text('Name.').required(),
      ranks: set('Ranks.', 'number').optional(),
    }).optional(),
  }).optional(),
  outer: object('A block.', {
    a: text('A.').optional(),
    count: number('Count.').default(1),
    made: text('Made.').computed({ keeps: true }),
    inner: object('A block in it.', { tags: map('Tags.', 'text').optional() }).block(),
  }).block(),
}

/** Everything that is hard in one resource. It lives in the state alone. */
export const hard = resource<unknown>()({
  type: 'shelf_hard',
  description: 'Everything that is hard.',
  attributes,
  newId: () => crypto.randomUUID(),
  create: ({ planned, id }) => complete({ ...planned, id }),
  read: ({ state }) => state,
  update: ({ planned, prior }) => complete({ ...planned, id: prior.id }),
  delete: () => {},
})

/** Gives what the plan left to the provider, as a real one gets it from its API. */
function complete(
  planned: Omit<Planned<typeof attributes>, 'id'> & { readonly id: string },
): State<typeof attributes> {
  const { single, rules, by_name, outer } = planned
  const made = `made ${crypto.randomUUID()}`
  return {
    ...planned,
    given: typeof planned.given === 'string' ? planned.given : made,
    echo: made,
    outer: outer && { ...outer, made: typeof outer.made === 'string' ? outer.made : made },
    single: single && {
      ...single,
      c: made,
      inner: single.inner && { ...single.inner, e: made },
    },
    rules: rules && rules.map((rule) => ({ ...rule, handle: made })),
    by_name:
      by_name &&
      Object.fromEntries(
        Object.entries(by_name).map(([name, each]) => [
          name,
          { ...each, made: typeof each.made === 'string' ? each.made : made },
        ]),
      ),
  }
}
