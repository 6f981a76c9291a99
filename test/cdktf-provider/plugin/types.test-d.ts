import {
  flag,
  list,
  map,
  number,
  object,
  resource,
  set,
  text,
  type Config,
  type Draft,
  type Planned,
  type Proposed,
  type State,
  type Unknown,
} from '../../../cdktf-provider/plugin/index.ts'

/* Checked by tsc alone: what a handler may assume about each value, and what it must return. */

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  name: text('Name.').required(),
  note: text('Note.').optional(),
  size: number('Size.').default(3),
  region: text('Region.').orComputed(),
  seen: text('Seen.').computed({ nullable: true }),
  pass_wo: text('Pass.').writeOnly(),
  tags: set('Tags.', 'text').optional(),
  box: object('Box.', {
    lid: flag('Lid.').required(),
    seal_wo: text('Seal.').writeOnly(),
    serial: text('Serial.').computed(),
  }).optional(),
  rules: list('Rules.', { host: text('Host.').required() }).required(),
  parts: map('Parts.', 'number').required(),
}
type A = typeof attributes

type Same<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false
const yes = <_ extends true>() => {}

yes<Same<State<A>['id'], string>>()
yes<Same<State<A>['note'], string | null>>()
yes<Same<State<A>['size'], number>>()
yes<Same<State<A>['seen'], string | null>>()
yes<Same<State<A>['pass_wo'], null>>()
yes<Same<State<A>['tags'], readonly string[] | null>>()
yes<Same<NonNullable<State<A>['box']>['seal_wo'], null>>()
yes<Same<NonNullable<State<A>['box']>['serial'], string>>()
yes<Same<State<A>['rules'][number]['host'], string>>()
yes<Same<State<A>['parts'], Readonly<Record<string, number>>>>()

yes<Same<Planned<A>['id'], string | Unknown>>()
yes<Same<Planned<A>['name'], string>>()
yes<Same<Planned<A>['size'], number>>()
yes<Same<Planned<A>['region'], string | Unknown>>()
yes<Same<Planned<A>['pass_wo'], null>>()
yes<Same<NonNullable<Planned<A>['box']>['serial'], string | Unknown>>()

yes<Same<Config<A>['id'], null>>()
yes<Same<Config<A>['name'], string>>()
yes<Same<Config<A>['size'], number | null>>()
yes<Same<Config<A>['pass_wo'], string | null>>()
yes<Same<NonNullable<Config<A>['box']>['seal_wo'], string | null>>()

yes<Same<Proposed<A>['id'], null>>()
yes<Same<Proposed<A>['name'], string | Unknown>>()
yes<Same<Proposed<A>['tags'], readonly (string | Unknown)[] | Unknown | null>>()

yes<Same<Draft<A>['id'], string | Unknown>>()
yes<Same<Draft<A>['note'], string | Unknown | null>>()
yes<Same<Draft<A>['pass_wo'], null>>()

const thing = {
  type: 'test_thing',
  description: 'A thing.',
  attributes: { id: text('Id.').computed(), name: text('Name.').required() },
  update: () => Promise.reject(new Error()),
  delete: () => {},
}

resource<null>()({
  ...thing,
  newId: () => 'chosen',
  // @ts-expect-error: `id` may still be unknown in a plan, so a state without it is refused.
  create: ({ planned }) => ({ ...planned }),
  read: ({ state }) => state,
})

resource<null>()({
  ...thing,
  create: ({ planned, id }) => {
    yes<Same<typeof id, null>>()
    return { ...planned, id: 'made' }
  },
  // @ts-expect-error: a state has every attribute.
  read: () => ({ id: 'made' }),
})

resource<null>()({
  ...thing,
  create: ({ planned }) => ({ ...planned, id: 'made' }),
  read: ({ state }) => state,
  // @ts-expect-error: what is configured is not for the plan to change.
  plan: () => ({ set: { name: 'other' } }),
})
