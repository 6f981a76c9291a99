import {
  number,
  providerFunction,
  text,
  TerraformError,
} from '../../../../cdktf-provider/plugin/index.ts'

/** Where a book stands, as the label on its back says it. */
export const mark = providerFunction({
  name: 'mark',
  summary: 'Writes where a book stands.',
  description: 'Writes room, shelf and words as the label on the back of a book.',
  parameters: {
    room: text('The room.').required(),
    shelf: number('The shelf, null for the floor.').optional(),
  },
  rest: text('Further words.').required(),
  returns: text('The label.').required(),
  call({ room, shelf }, words) {
    if (room === '') throw new TerraformError({ summary: 'A room has a name.', path: ['room'] })
    const empty = words.indexOf('')
    if (empty >= 0) throw new TerraformError({ summary: 'A word is empty.', path: ['rest', empty] })
    return [`${room}/${shelf ?? 'floor'}`, ...words].join(' ')
  },
})
