import * as z from 'zod'
import { nameComplaint } from '../names.ts'
import { intervalMs } from '../rotation.ts'
import { refusing } from './rule.ts'

/** Ids are UUIDs in lower case; those made here are UUIDv7. */
export const id = z.uuid('Give its id, a UUID, and not its name.').toLowerCase()

const aTime = 'Give a time such as 2027-01-31T12:00:00Z.'

/** RFC 3339, within the years 1 to 9999 of UTC, which PostgreSQL and this format both can write. */
export const time = z.iso.datetime({ offset: true, error: aTime }).refine((text) => {
  const year = new Date(text).getUTCFullYear()
  return year >= 1 && year <= 9999
}, aTime)

export const name = z.string().superRefine(refusing(nameComplaint, 'invalid_name')).meta({
  description: 'A name of 1 to 200 characters, without `/`.',
  minLength: 1,
  maxLength: 200,
})

/** Text for people, which the API keeps and never interprets. */
export const description = wellFormed(2000).meta({ description: 'What it is for.' })

/** Text that PostgreSQL and UTF-8 can hold as it is: no NUL, no half of a surrogate pair. */
export function wellFormed(maxLength: number) {
  return z
    .string()
    .refine((text) => [...text].length <= maxLength, `At most ${maxLength} characters.`)
    .refine((text) => !/[\0\p{Cs}]/u.test(text), 'NUL and unpaired surrogates cannot be kept.')
}

/** A text that a list is searched for. */
export const searched = wellFormed(200).optional()

/** The organization a thing belongs to. A token of an organization may leave it out. */
export const organizationId = id.describe(
  'Organization it belongs to. May be left out: with the token of an organization, and while there is only one.',
)

/** Chosen by the client, so that a create whose answer was lost can be looked up. */
export const ownId = id.optional().describe('Id of the new object; one is made when left out.')

export const byId = z.strictObject({ id })

/** Columns that every answer of a stored thing ends with. */
export const stamps = {
  revision: z.int().describe('Counts the changes of this object; the ETag is `"r{revision}"`.'),
  createdAt: time,
  updatedAt: time,
}

/** How often a value should be replaced. */
export const rotateEvery = z
  .string()
  .refine(
    (text) => intervalMs(text) !== undefined,
    'Give hours, days or weeks, such as 90d, 12h or 2w (or P90D, PT12H, P2W), from one hour to ten years.',
  )
  .describe('How often it should be replaced, such as `90d`; `GET /api/due` lists what is due.')

/** Query parameters of every list. */
export const paging = {
  limit: z.coerce
    .number('Give a number from 1 to 200.')
    .int('Give a number from 1 to 200.')
    .min(1, 'Give a number from 1 to 200.')
    .max(200, 'Give a number from 1 to 200.')
    .default(50)
    .describe('How many items to answer at most.'),
  cursor: z.string().optional().describe('`nextCursor` of the page before.'),
}

/** One page. `nextCursor` is null on the last. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })

/** A query parameter that is true or false. */
export const flag = z
  .enum(['true', 'false'], 'Give true or false.')
  .default('false')
  .transform((text) => text === 'true')

export const force = flag.describe(
  'Delete it although others refer to it. They stay and fail to resolve.',
)
