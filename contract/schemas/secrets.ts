import * as z from 'zod'
import type { FieldIssue } from '../field-errors.ts'
import { MASK, sensitive } from '../masking.ts'
import { remotePathComplaint } from '../remote-path.ts'
import {
  byId,
  description,
  flag,
  force,
  id,
  name,
  organizationId,
  ownId,
  page,
  paging,
  rotateEvery,
  searched,
  stamps,
  time,
  wellFormed,
} from './common.ts'
import { fromProvenance } from './provenance-words.ts'
import { refusing, withRules } from './rule.ts'
import { encoding, issue, value, valueIssues, type Fields } from './secret-value.ts'

export const storages = ['local', 'remote', 'managed'] as const

const storage = z
  .enum(
    storages,
    'Give local, remote or managed: values are kept here, read from a provider, or kept in one.',
  )
  .describe(
    'local: kept here, encrypted. remote: read from a provider each time. managed: kept in a provider, which we write. Follows from the other fields when left out.',
  )

export const category = z
  .enum(
    [
      'provider_credential',
      'infrastructure_credential',
      'integration_credential',
      'agent_secret',
      'other',
    ],
    'Give provider_credential, infrastructure_credential, integration_credential, agent_secret or other.',
  )
  .describe('What kind of credential it is.')

const remotePath = wellFormed(1000)
  .superRefine(refusing(remotePathComplaint, 'path_invalid'))
  .describe('Where the value is, in the words of the store, such as `kv/data/prod/stripe-api-key`.')

const remoteKey = wellFormed(500)
  .min(1, 'Give the name of a key, or leave it out.')
  .describe(
    'Key within the stored object: its name, or else a JSON Pointer such as `/db/password`.',
  )

const remoteVersion = wellFormed(200)
  .min(1, 'Give a version, or leave it out for the newest.')
  .describe("Version to read, in the store's own words; the newest when left out.")

export const Secret = z
  .strictObject({
    id,
    organizationId,
    scopeId: id,
    name,
    category,
    description: z.string().optional(),
    storage: z.enum(storages),
    value: sensitive(z.literal(MASK)).optional().describe('A mask, when a value is kept here.'),
    encoding: encoding.optional(),
    version: z.string().optional().describe('Number of the current value.'),
    pending: z
      .literal(true)
      .optional()
      .describe('A new value is being written to its store, and takes effect when that is done.'),
    fingerprint: z
      .string()
      .optional()
      .describe(
        'Equal when the value is the same again; shown to owners. It reveals nothing else.',
      ),
    providerId: id.optional(),
    remotePath: z.string().optional(),
    remoteKey: z.string().optional(),
    remoteVersion: z.string().optional(),
    reference: z
      .string()
      .optional()
      .describe('Where a remote secret is read from, as text: `provider://path?version=3#key`.'),
    expiresAt: time.optional(),
    rotateEvery: z.string().optional(),
    rotatedAt: time
      .optional()
      .describe('When the value was last set or pointed elsewhere; shown with `rotateEvery`.'),
    rotateAt: time.optional().describe('When it is to be replaced next.'),
    referenceCount: z.int().describe('Envs that refer to it.'),
    broken: z
      .literal(true)
      .optional()
      .describe('Its provider was deleted, and it fails to resolve.'),
    deletedAt: time.optional(),
    ...stamps,
  })
  .meta({ id: 'Secret' })

const written = {
  value: value.optional(),
  encoding: encoding.optional(),
  providerId: id
    .optional()
    .describe('Provider to read it from, or with `value` the provider to keep it in.'),
  remotePath: remotePath.optional(),
  remoteKey: remoteKey.optional(),
  remoteVersion: remoteVersion.optional(),
}

const newSecret = withRules(
  z.strictObject({
    id: ownId,
    organizationId: organizationId.optional(),
    scopeId: id
      .optional()
      .describe(
        'Scope it belongs to. When left out: the one that the token is limited to, else the root.',
      ),
    name,
    category: category.default('other'),
    description: description.optional(),
    storage: storage.optional(),
    ...written,
    expiresAt: time.optional().describe('When the value should have been replaced.'),
    rotateEvery: rotateEvery.optional(),
  }),
  (fields) => [...placeIssues(fields), ...valueIssues(fields)],
)

export const secrets = {
  CreateSecret: {
    body: z.preprocess(fromProvenance, newSecret) as unknown as typeof newSecret,
    answer: Secret,
  },
  ListSecrets: {
    query: z.strictObject({
      ...paging,
      organizationId: organizationId.optional(),
      name: searched,
      scopeId: id.optional(),
      providerId: id.optional(),
      storage: z.enum(storages, 'Give local, remote or managed.').optional(),
      category: category.optional(),
      q: searched.describe('Part of the name.'),
      broken: flag.describe('Only those whose provider was deleted.'),
      deleted: flag.describe('Only those that were deleted and can be restored.'),
    }),
    answer: page(Secret),
  },
  GetSecret: { params: byId, answer: Secret },
  UpdateSecret: {
    params: byId,
    body: withRules(
      z.strictObject({
        name: name.optional(),
        scopeId: id.optional().describe('Moves it to another scope.'),
        category: category.optional(),
        description: description.nullable().optional(),
        storage: storage.optional(),
        value: written.value,
        encoding: written.encoding,
        providerId: id.nullable().optional(),
        remotePath: remotePath.nullable().optional(),
        remoteKey: remoteKey.nullable().optional(),
        remoteVersion: remoteVersion.nullable().optional(),
        expiresAt: time.nullable().optional(),
        rotateEvery: rotateEvery.nullable().optional(),
      }),
      (fields) => (fields['value'] === MASK ? [] : valueIssues(fields)),
    ),
    answer: Secret,
  },
  DeleteSecret: { params: byId, query: z.strictObject({ force }) },
  RestoreSecret: {
    params: byId,
    body: z
      .strictObject({
        name: name.optional().describe('Another name, when the old one is taken now.'),
        scopeId: id.optional().describe('Another scope, when the old one is gone.'),
      })
      .optional(),
    answer: Secret,
  },
  PurgeSecret: { params: byId },
}

/** A value that is kept here or in a provider, or a provider and a path to read it from. */
function placeIssues(fields: Fields): FieldIssue[] {
  const { storage } = fields
  const given = (key: string) => fields[key] !== undefined
  if (given('value')) return valuePlaceIssues(fields)
  const isRemote = storage === 'remote' || (storage === undefined && REMOTE.some(given))
  if (!isRemote) {
    return [
      issue(
        'value',
        'required',
        'Give `value`, to keep it, or `providerId` and `remotePath`, to read it from a provider.',
      ),
    ]
  }
  return ['providerId', 'remotePath']
    .filter((key) => !given(key))
    .map((key) => issue(key, 'required', 'A remote secret needs `providerId` and `remotePath`.'))
}

const REMOTE = ['providerId', 'remotePath', 'remoteKey', 'remoteVersion']

/** What goes with a value: at most the provider that is to keep it. */
function valuePlaceIssues(fields: Fields): FieldIssue[] {
  const { storage } = fields
  const places = REMOTE.slice(1).filter((key) => fields[key] !== undefined)
  const issues: FieldIssue[] = []
  if (storage === 'remote') {
    const detail = 'A remote secret has no `value`: it is read from its provider.'
    issues.push(issue('storage', 'conflict', detail))
  }
  if (storage === 'local' && fields['providerId'] !== undefined) {
    const detail = 'A local secret is kept here: leave the provider out, or make it `"managed"`.'
    issues.push(issue('providerId', 'conflict', detail))
  }
  if (places.length > 0) {
    const also = places.map((key) => `\`${key}\``).join(', ')
    const detail = `Give either \`value\`, to keep it, or \`providerId\` and \`remotePath\`, to read it from a provider; here is also ${also}.`
    issues.push(issue('value', 'conflict', detail))
  }
  return issues
}
