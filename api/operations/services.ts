import type { AuditLog } from '../audit/audit-log.ts'
import type { Outbound } from '../backends/outbound/outbound.ts'
import type { Backends } from '../backends/registry.ts'
import type { Database } from '../database/database.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Resolver } from '../resolver/resolver.ts'
import type { Pages } from './paging.ts'

/** What operations work with. `app.ts` puts it together once. */
export interface Services {
  readonly database: Database
  readonly keyring: Keyring
  readonly audit: AuditLog
  readonly outbound: Outbound
  readonly backends: Backends
  readonly resolver: Resolver
  readonly pages: Pages
}
