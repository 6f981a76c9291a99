import { ApiError, type Client } from '../../contract/client.ts'
import type { OperationId } from '../../contract/routes.ts'
import type { Answer, Call } from '../../contract/schemas/index.ts'
import { TerraformError } from '../plugin/index.ts'
import { explain, type Subject } from './api-errors.ts'

/** What resources work with: the API, and the organization that is meant when none is named. */
export class Session {
  readonly #client: Client
  /** The token's own organization; undefined for an admin. */
  readonly tokenOrganizationId: string | undefined
  /** The organization that the provider's configuration names for resources that name none. */
  readonly organizationId: string | undefined

  constructor(options: {
    readonly client: Client
    readonly tokenOrganizationId: string | undefined
    readonly organizationId: string | undefined
  }) {
    this.#client = options.client
    this.tokenOrganizationId = options.tokenOrganizationId
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
    const options = { signal, ...(ifMatch === undefined ? {} : { ifMatch }) }
    try {
      return await this.#client.call(operation, call, options)
    } catch (error) {
      throw explain(error, subject)
    }
  }

  /**
   * Reads something that may be gone. Null means it is: a token of another organization would be told
   * the same, so that case is an error, and nothing drops out of a state because of a wrong token.
   */
  async find<Id extends OperationId>(
    operation: Id,
    call: Call<Id>,
    options: {
      readonly subject: Subject
      readonly signal: AbortSignal
      /** Where the state says it is; undefined while that is not known. */
      readonly organizationId: string | undefined
    },
  ): Promise<Answer<Id> | null> {
    try {
      return await this.#client.call(operation, call, { signal: options.signal })
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'not_found') {
        throw explain(error, options.subject)
      }
      this.#requireOrganization(options.organizationId, options.subject)
      return null
    }
  }

  /** Deletes something; that it is gone already is no error. */
  async remove(
    operation: Extract<OperationId, `Delete${string}`>,
    call: {
      readonly params: { readonly id: string }
      readonly query?: { readonly force: 'true' | 'false' }
    },
    options: {
      readonly subject: Subject
      readonly signal: AbortSignal
      readonly organizationId: string
    },
  ): Promise<void> {
    await this.find(operation, call, options)
  }

  #requireOrganization(organizationId: string | undefined, { noun, name }: Subject): void {
    const mine = this.tokenOrganizationId
    if (mine === undefined || organizationId === undefined || mine === organizationId) return
    throw new TerraformError({
      summary: `The token belongs to another organization than the ${noun} "${name}".`,
      detail: `The state says organization ${organizationId}, the token belongs to ${mine}. Nothing was removed from the state. Use a token of the right organization, or an admin's.`,
    })
  }
}
