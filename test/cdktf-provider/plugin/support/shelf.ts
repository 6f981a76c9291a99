import {
  dataSource,
  flag,
  list,
  map,
  number,
  object,
  provider,
  resource,
  set,
  text,
  TerraformError,
  isUnknown,
} from '../../../../cdktf-provider/plugin/index.ts'
import { box } from './box.ts'
import { faulty } from './faulty.ts'
import { hard } from './hard.ts'
import { mark } from './mark.ts'
import { pass } from './pass.ts'
import { openStore, type Store } from './store.ts'

/** A provider for tests: books on a shelf, which is a JSON file. */
const book = resource<Store>()({
  type: 'shelf_book',
  description: 'A book on the shelf.',
  attributes: {
    id: text('Id of the book.').computed({ keeps: true }),
    isbn: text('Its number; another number is another book.').required({ replaces: true }),
    title: text('Its title.').required(),
    pages: number('How many pages it has.').optional(),
    lent: flag('Whether it is away.').default(false),
    tags: map('Words by name.', 'text').optional(),
    authors: list('Who wrote it.', 'text').optional(),
    topics: set('What it is about.', 'text').optional(),
    cover: object('Its cover.', {
      colour: text('Its colour.').required(),
      code: text('A secret code on it.').writeOnly(),
      print: text('Given by the printer.').computed(),
    }).optional(),
    note_wo: text('A note that is not kept here.').writeOnly(),
    note_version: number('Raise it to write the note again.').optional(),
    revision: number('Counts its changes.').computed(),
  },

  async validate({ config, diagnostics }) {
    if (isUnknown(config.cover) || isUnknown(config.cover?.colour)) return
    const { isColour } = await import('./cover.ts')
    if (config.cover && !isColour(config.cover.colour)) {
      diagnostics.error({ path: ['cover', 'colour'], summary: 'That is no colour.' })
    }
    if (!isUnknown(config.title) && config.title === '') {
      diagnostics.error({ path: ['title'], summary: 'A title has a letter.', detail: 'Write one.' })
    }
  },

  newId: () => crypto.randomUUID(),

  async create({ client, planned, config, id }) {
    const { cover } = planned
    const state = {
      ...planned,
      id,
      cover: cover && { ...cover, print: `printed ${cover.colour}` },
      revision: 1,
    }
    await client.put(id, { state, note: config.note_wo, code: config.cover?.code ?? null })
    return state
  },

  async read({ client, state }) {
    const found = await client.get(state.id)
    return found && { ...state, ...found.state }
  },

  async update({ client, prior, planned, config }) {
    const { cover } = planned
    const state = {
      ...planned,
      id: prior.id,
      cover: cover && { ...cover, print: `printed ${cover.colour}` },
      revision: (prior.revision ?? 0) + 1,
    }
    await client.put(prior.id, { state, note: config.note_wo, code: config.cover?.code ?? null })
    return state
  },

  async delete({ client, prior }) {
    await client.remove(prior.id)
  },

  async import({ client, id }) {
    if (await client.get(id)) return { id }
    throw new TerraformError({
      summary: `There is no book ${id} on the shelf.`,
      detail: 'Look for its id in the file.',
    })
  },
})

const lookup = dataSource<Store>()({
  type: 'shelf_book',
  description: 'A book found by its title.',
  attributes: {
    title: text('Its title.').required(),
    id: text('Id of the book.').computed({ nullable: true }),
  },
  async read({ client, config }) {
    return { ...config, id: await client.idOf(config.title) }
  },
})

export const shelf = provider({
  name: 'shelf',
  version: '1.2.3',
  description: 'Books.',
  attributes: {
    file: text('The file the shelf is.').required(),
    token: text('Opens it.').optional({ sensitive: true }),
  },
  configure: ({ config }) => openStore(config.file),
  resources: [book, box, hard, faulty],
  dataSources: [lookup],
  ephemeralResources: [pass],
  functions: [mark],
})
