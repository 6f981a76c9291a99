import { MAX_PATH_NAMES } from '../../contract/names.ts'
import type { Prisma } from '../database/gen/client.ts'

/** A scope with the names above it, as far as a tree goes. */
export const withPath = {
  name: true,
  parentId: true,
  parent: {
    select: {
      name: true,
      parentId: true,
      parent: { select: { name: true, parentId: true, parent: { select: { parentId: true } } } },
    },
  },
} as const

/** As `withPath` selects it. */
export interface NamedScope {
  readonly name?: string
  readonly parentId: string | null
  readonly parent?: NamedScope | null
}

/** Names from below the root down to a scope; empty for the root. */
export const pathOf = ({ name, parentId, parent }: NamedScope): string[] =>
  parentId === null || name === undefined ? [] : [...(parent ? pathOf(parent) : []), name]

/** The living scope that lies at these names from below the root; the root for none. */
export const atPath = (names: readonly string[]): Prisma.ScopeWhereInput =>
  names.length > MAX_PATH_NAMES
    ? NOWHERE
    : names.reduce<Prisma.ScopeWhereInput>((parent, name) => ({ name, deletedAt: null, parent }), {
        parentId: null,
      })

const NOWHERE = { id: { in: [] } } satisfies Prisma.ScopeWhereInput
