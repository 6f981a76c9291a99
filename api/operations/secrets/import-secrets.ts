import { v7 as uuidv7 } from 'uuid'
import type { Answer, Input } from '../../../contract/schemas/index.ts'
import type { Transaction } from '../../database/database.ts'
import type { Secret } from '../../database/gen/client.ts'
import type { OrganizationKeys } from '../../keyring/organization-keys.ts'
import { defaultKeeper } from '../../custody/keeper.ts'
import { requireEnvsFit } from '../../custody/env-size.ts'
import { invalidField } from '../../errors.ts'
import { keptOrTakenBack } from '../kept-or-taken-back.ts'
import { requireScope } from '../living.ts'
import { nextRotation } from '../../custody/next-rotation.ts'
import { change, operation, type Context } from '../operation.ts'
import { organizationOf } from '../organization-of.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { FIRST_VERSION, newValue, storeValues } from '../../custody/store-value.ts'

export const importSecrets = (services: Services) =>
  operation('ImportSecrets', async ({ body }, context) => {
    const { database, keyring, audit } = services
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    if (body.storage !== 'local' && (await defaultKeeper(services, organizationId)))
      throw notKeptHere()
    const keys = await keyring.of(organizationId)
    const imported = await refuseTaken('A secret', () =>
      keptOrTakenBack(database, async (transaction) => {
        const imported = await importAll(transaction, keys, { ...body, organizationId }, context)
        if (imported.keep) await audit.recordIn(transaction, auditRow(imported))
        return imported
      }),
    )
    if (!imported.keep) await audit.record(auditRow(imported))
    return { items: imported.items, applied: imported.keep }

    /** One row for the whole import, which names what it made and changed; the scope is what changed. */
    function auditRow({ scopeId, items, keep }: Imported) {
      const scope = { kind: 'scope', id: scopeId }
      const named = (outcome: Item['outcome']) =>
        items.flatMap(({ name, secretId, ...item }) =>
          item.outcome === outcome ? [{ name, secretId }] : [],
        )
      const row = change(context, organizationId, scope, {
        dryRun: body.dryRun,
        ...(keep ? { created: named('created'), changed: named('changed') } : {}),
        refused: named('refused').map(({ name }) => name),
        count: items.length,
      })
      return { ...row, outcome: keep || body.dryRun ? row.outcome : ('failed' as const) }
    }
  })

const notKeptHere = () =>
  invalidField(
    'storage',
    'required',
    'New values of this organization go to a store, and an import keeps them here. Send `"storage": "local"` to import them all the same; POST /api/secrets/migrate moves them afterwards.',
  )

type Item = Answer<'ImportSecrets'>['items'][number]
type Given = Input<'ImportSecrets'>['body']['items'][number]

interface Imported {
  readonly scopeId: string
  /** One for each that was given, in the same order. */
  readonly items: Item[]
  readonly keep: boolean
}

/** Writes all that is not refused, in a number of statements that does not depend on how many they are. */
async function importAll(
  transaction: Transaction,
  keys: OrganizationKeys,
  body: Input<'ImportSecrets'>['body'] & { readonly organizationId: string },
  { principal }: Context,
): Promise<Imported> {
  const { organizationId, items: given, dryRun } = body
  const now = new Date()
  const { id: scopeId } = await requireScope(transaction, principal, organizationId, body.scopeId)
  const existing = await lockByName(transaction, organizationId, scopeId, given)
  const refusalOf = refusals(given, existing)
  const wanted = given
    .filter((item) => !refusalOf(item))
    .map((item) => {
      const before = existing.get(item.name)
      return { item, before, id: before?.id ?? uuidv7() }
    })

  const created = wanted.filter(({ before }) => !before)
  await transaction.secret.createMany({
    // In one order, so that two imports of the same names wait for each other and never in a circle.
    data: created.sort(byName).map(({ id, item }) => ({
      id,
      organizationId,
      scopeId,
      storage: 'local',
      currentVersion: FIRST_VERSION,
      name: item.name,
      category: item.category ?? 'other',
      description: item.description ?? null,
      rotatedAt: now,
    })),
  })
  const values = new Map(
    wanted.map(({ id, item }) => [id, newValue(item.value, item.encoding)] as const),
  )
  const numbers = await storeValues(transaction, keys, organizationId, values, principal)

  const changed = wanted.flatMap(({ item, before, id }) => {
    const after = before && changedRow(before, item, numbers.get(id) ?? null, now)
    return after ? [after] : []
  })
  await updateAll(transaction, organizationId, changed)
  const secretIds = changed.filter(({ isNewValue }) => isNewValue).map(({ id }) => id)
  const placeOf = (ids: readonly string[]) => {
    const names = wanted.filter(({ id }) => ids.includes(id)).map(({ item }) => item)
    return ['items', given.findIndex((item) => names.includes(item)), 'value']
  }
  await requireEnvsFit(transaction, organizationId, { secretIds }, placeOf)

  const keep = !dryRun && wanted.length === given.length
  const changedIds = new Set(changed.map(({ id }) => id))
  const idOf = new Map(wanted.map(({ item, id }) => [item.name, id]))
  const items = given.map((item): Item => {
    const { name } = item
    const refusal = refusalOf(item)
    const before = existing.get(name)
    if (refusal) {
      return { name, outcome: 'refused', ...(before ? { secretId: before.id } : {}), ...refusal }
    }
    const secretId = idOf.get(name)
    if (!before) return { name, outcome: 'created', ...(keep && secretId ? { secretId } : {}) }
    return {
      name,
      outcome: changedIds.has(before.id) ? 'changed' : 'unchanged',
      secretId: before.id,
    }
  })
  return { scopeId, items, keep }
}

const byName = (a: { item: Given }, b: { item: Given }) => (a.item.name < b.item.name ? -1 : 1)

/** The living secrets of these names, locked in the order of their ids until the transaction ends. */
async function lockByName(
  transaction: Transaction,
  organizationId: string,
  scopeId: string,
  items: readonly Given[],
): Promise<Map<string, Secret>> {
  const locked = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Secret"
    WHERE "organizationId" = ${organizationId}::uuid AND "scopeId" = ${scopeId}::uuid
      AND name = ANY(${items.map(({ name }) => name)}) AND "deletedAt" IS NULL
    ORDER BY id FOR UPDATE`
  // One that came after the lock is not among them: creating it again is refused as `name_taken`.
  const rows = await transaction.secret.findMany({
    where: { organizationId, id: { in: locked.map(({ id }) => id) } },
  })
  return new Map(rows.map((row) => [row.name, row]))
}

/** Why an item cannot be imported, as far as it depends on more than the item. */
function refusals(items: readonly Given[], existing: ReadonlyMap<string, Secret>) {
  const times = new Map<string, number>()
  for (const { name } of items) times.set(name, (times.get(name) ?? 0) + 1)
  return ({ name }: Given): { code: string; detail: string } | undefined => {
    if ((times.get(name) ?? 0) > 1) {
      const detail =
        'This name is given more than once, and only one value can be kept: give it once.'
      return { code: 'duplicate', detail }
    }
    const storage = existing.get(name)?.storage
    if (storage === undefined || storage === 'local') return undefined
    const where = storage === 'remote' ? 'read from a provider' : 'kept in a provider'
    const detail = `The secret of this name is ${where}, and an import changes only values that are kept here. Change its storage first, or choose another name.`
    return { code: 'not_local', detail }
  }
}

/** A secret as the import leaves it, or undefined when it leaves it as it was. */
function changedRow(before: Secret, item: Given, version: number | null, now: Date) {
  const { id, rotateEvery } = before
  const { category = before.category, description = before.description } = item
  const isNewValue = version !== before.currentVersion
  if (!isNewValue && category === before.category && description === before.description) {
    return undefined
  }
  const rotatedAt = isNewValue ? now : before.rotatedAt
  const rotateAt = nextRotation(rotatedAt, rotateEvery)
  return { id, category, description, currentVersion: version, rotatedAt, rotateAt, isNewValue }
}

type ChangedRow = NonNullable<ReturnType<typeof changedRow>>

/** Each row gets values of its own, which Prisma writes in a statement for each. */
async function updateAll(
  transaction: Transaction,
  organizationId: string,
  rows: readonly ChangedRow[],
): Promise<void> {
  if (rows.length === 0) return
  await transaction.$executeRaw`
    UPDATE "Secret" AS secret SET
      category = after.category::"SecretCategory", description = after.description,
      "currentVersion" = after."currentVersion", "rotatedAt" = after."rotatedAt",
      "rotateAt" = after."rotateAt", revision = revision + 1, "updatedAt" = now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS after(id uuid, category text,
      description text, "currentVersion" int, "rotatedAt" timestamptz, "rotateAt" timestamptz)
    WHERE secret.id = after.id AND secret."organizationId" = ${organizationId}::uuid`
}
