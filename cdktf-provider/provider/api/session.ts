import { ApiError, mayChange, type Client } from '../../../contract/client.ts'
import type { OperationId } from '../../../contract/routes.ts'
import type { Answer, Call } from '../../../contract/schemas/index.ts'
import { OutcomeUnknown, TerraformError } from '../../plugin/index.ts'
import { explain, type Subject } from './api-errors.ts'
import { ListedReads } from './listed-reads.ts'
import { requireReach, type Place } from './require-reach.ts'
import { requireSuitedToken, type TokenRole } from '../runtime-token.ts'

/**
 * What resources work with: the API, and the organization that is meant when none is named. Terraform
 * configures the provider for each run, and each run has a session of its own.
 */
export class Session {
  readonly #client: Client
  /** By what is read and the organization. */
  readonly #listed = new Map<string, ListedReads<Listed>>()
  readonly role: TokenRole
  /** The token's own organization; undefined for an admin. */
  readonly tokenOrganizationId: string | undefined
  /** The scope that the token is limited to. */
  readonly tokenScopeId: string | undefined
  /** The organization that the provider's configuration names for resources that name none. */
  readonly organizationId: string | undefined

  constructor(options: {
    readonly client: Client
    /** An owner's when left out. */
    readonly role?: TokenRole
    readonly tokenOrganizationId: string | undefined
    readonly tokenScopeId?: string | undefined
    readonly organizationId: string | undefined
  }) {
    this.#client = options.client
    this.role = options.role ?? 'owner'
    this.tokenOrganizationId = options.tokenOrganizationId
    this.tokenScopeId = options.tokenScopeId
    this.organizationId = options.organizationId
  }

  /** Calls the API; what it refuses becomes a diagnostic about `subject`. */
  async call<Id extends OperationId>(
    operation: Id,
    call: Call<Id>,
    {
      subject,
      signal,
      ifMatch,
    }: {
      readonly subject: Subject
      readonly signal: AbortSignal
      /** See `expectedRevision`. */
      readonly ifMatch?: string | undefined
    },
  ): Promise<Answer<Id>> {
    requireSuitedToken(this.role, operation)
    const options = { signal, ...(ifMatch === undefined ? {} : { ifMatch }) }
    try {
      return await this.#client.call(operation, call, options)
    } catch (error) {
      const made = await this.#madeBefore(operation, call, error, { subject, signal })
      if (made !== undefined) return made
      throw explain(error, subject)
    } finally {
      if (mayChange(operation)) this.#forgetListed()
    }
  }

  /**
   * Reads something that may be gone. Null means it is: a token of another organization, or of a scope
   * that it does not lie in, would be told the same, so those cases are errors, see `requireReach`. Many
   * reads of one kind that come close together are answered from pages of its list, see `ListedReads`.
   */
  async find<Id extends OperationId>(
    operation: Id,
    call: Call<Id>,
    options: Place & { readonly subject: Subject; readonly signal: AbortSignal },
  ): Promise<Answer<Id> | null> {
    requireSuitedToken(this.role, operation)
    const { subject } = options
    try {
      const found = await this.#readIfSeen(operation, call, options)
      if (found !== null) return found
      const pathOf = async (id: string) =>
        (await this.#readIfSeen('GetScope', { params: { id } }, options))?.path
      const { tokenOrganizationId, tokenScopeId } = this
      await requireReach({ tokenOrganizationId, tokenScopeId, pathOf }, options, subject)
      return null
    } catch (error) {
      throw explain(error, subject)
    } finally {
      if (mayChange(operation)) this.#forgetListed()
    }
  }

  /** Deletes something; that it is gone already is no error. */
  async remove(
    operation: Extract<OperationId, `Delete${string}` | 'RevokeApiToken'>,
    call: {
      readonly params: { readonly id: string }
      readonly query?: { readonly force: 'true' | 'false' }
    },
    options: Place & { readonly subject: Subject; readonly signal: AbortSignal },
  ): Promise<void> {
    await this.find(operation, call, options)
  }

  /**
   * A create that was sent twice, because the API was away after the first time, may be refused for what
   * the first one made: that has the id we chose, and is what was to be made. Undefined when it is not.
   */
  async #madeBefore<Id extends OperationId>(
    operation: Id,
    call: Call<Id>,
    error: unknown,
    { subject, signal }: { readonly subject: Subject; readonly signal: AbortSignal },
  ): Promise<Answer<Id> | undefined> {
    const isConflict = error instanceof ApiError && error.problem.status === 409
    if (!isConflict || !error.wasSentBefore || !isCreate(operation)) return undefined
    const { id = '', token } = (call as Call<'CreateApiToken'>).body
    // One that the API made was in the answer that was lost.
    if (operation === 'CreateApiToken' && token === undefined) return undefined
    const reader: ListedOperation = readers[operation as keyof typeof readers]
    try {
      const made = await this.#client.call(reader, { params: { id } }, { signal })
      return made as Answer<Id>
    } catch (failure) {
      if (failure instanceof ApiError && failure.code === 'not_found') return undefined
      const explained = explain(failure, subject)
      // Whether it was made is still not known.
      throw explained instanceof TerraformError
        ? new OutcomeUnknown(...explained.problems)
        : explained
    }
  }

  /** Null when the API says that there is none; what a delete answers is undefined. */
  async #readIfSeen<Id extends OperationId>(
    operation: Id,
    call: Call<Id>,
    options: { readonly signal: AbortSignal; readonly organizationId: Place['organizationId'] },
  ): Promise<Answer<Id> | null> {
    const { signal } = options
    try {
      const listed = await this.#look(operation, call, options)
      return listed ?? (await this.#client.call(operation, call, { signal }))
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not_found') return null
      throw error
    }
  }

  /** What a list shows of it; undefined when it must be asked for itself. */
  async #look<Id extends OperationId>(
    operation: Id,
    call: Call<Id>,
    options: { readonly signal: AbortSignal; readonly organizationId: Place['organizationId'] },
  ): Promise<Answer<Id> | undefined> {
    const { signal, organizationId } = options
    if (!isListed(operation) || typeof organizationId !== 'string') return undefined
    const { id } = (call as Call<ListedOperation>).params
    const reads = this.#listedReads(operation, organizationId)
    // The items of a list are the answers of its reads, see `lists`.
    return (await reads.look(id, signal)) as Answer<Id> | undefined
  }

  #listedReads(operation: ListedOperation, organizationId: string): ListedReads<Listed> {
    // All organizations are in one list, which takes none.
    const owner = operation === 'GetOrganization' ? {} : { organizationId }
    const key = JSON.stringify([operation, owner])
    const known = this.#listed.get(key)
    if (known) return known
    const reads = new ListedReads<Listed>((cursor, signal) => {
      const query = { ...owner, limit: 200, ...(cursor === undefined ? {} : { cursor }) }
      return this.#client.call(lists[operation], { query }, { signal })
    })
    this.#listed.set(key, reads)
    return reads
  }

  /** A change of one kind can show in another: who deletes a scope changes the paths below it. */
  #forgetListed(): void {
    for (const reads of this.#listed.values()) reads.forget()
  }
}

/** What a refresh reads, and the list whose items are the same answers. */
const lists = {
  GetApiToken: 'ListApiTokens',
  GetEnv: 'ListEnvs',
  GetOrganization: 'ListOrganizations',
  GetScope: 'ListScopes',
  GetSecret: 'ListSecrets',
  GetSecretProvider: 'ListSecretProviders',
} as const satisfies Partial<Record<OperationId, OperationId>>

/** By which operation what was created is read. */
const readers = {
  CreateApiToken: 'GetApiToken',
  CreateEnv: 'GetEnv',
  CreateOrganization: 'GetOrganization',
  CreateScope: 'GetScope',
  CreateSecret: 'GetSecret',
  CreateSecretProvider: 'GetSecretProvider',
} as const satisfies Partial<Record<OperationId, ListedOperation>>

const isCreate = (operation: OperationId): operation is keyof typeof readers =>
  Object.hasOwn(readers, operation)

type ListedOperation = keyof typeof lists
type Listed = Answer<(typeof lists)[ListedOperation]>['items'][number]

const isListed = (operation: OperationId): operation is ListedOperation =>
  Object.hasOwn(lists, operation)
