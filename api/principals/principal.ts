import type { Role, Route } from '../../contract/routes.ts'

/** Who makes a request. A token is a principal; there are no users. */
export interface Principal {
  /** `admin` belongs to the deployment, `token` to one organization. */
  readonly kind: 'admin' | 'token'
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Absent for an admin. */
  readonly organizationId?: string
  readonly scopeId?: string
  readonly expiresAt?: Date
}

/** Admin includes owner, owner includes member; nobody includes a runtime role. */
const includes: Readonly<Record<Role, readonly Role[]>> = {
  admin: ['admin', 'owner', 'member'],
  owner: ['owner', 'member'],
  member: ['member'],
  orchestrator: ['orchestrator'],
  llm_proxy: ['llm_proxy'],
}

/** Whether its role lets a principal call an operation. */
export const mayCall = ({ role }: Principal, { roles }: Pick<Route, 'roles'>): boolean =>
  roles.some((needed) => needed === 'any' || includes[role].includes(needed))

/** Whether an operation concerns more than the scope that a token is limited to. */
export const isTooWide = ({ scopeId }: Principal, { scoped }: Pick<Route, 'scoped'>): boolean =>
  scopeId !== undefined && scoped !== true

export const isOwner = ({ role }: Principal): boolean => includes[role].includes('owner')

export const isAdmin = ({ kind }: Principal): boolean => kind === 'admin'
