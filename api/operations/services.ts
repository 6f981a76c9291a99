import type { ActivityKeeper } from '../activity/activity-keeper.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { DeploymentStore } from '../backends/deployment-store.ts'
import type { Outbound } from '../backends/outbound/outbound.ts'
import type { Backends } from '../backends/registry.ts'
import type { TokenFiles } from '../backends/token-files.ts'
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
  readonly tokenFiles: TokenFiles
  readonly backends: Backends
  readonly activity: ActivityKeeper
  /** The deployment's own store, which keeps new values unless an organization says otherwise; undefined: the database does. */
  readonly defaultStore: DeploymentStore | undefined
  readonly resolver: Resolver
  readonly pages: Pages
}
