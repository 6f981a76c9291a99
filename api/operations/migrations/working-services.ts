import type { Services } from '../services.ts'
import type { MigrationRunner } from './migration-runner.ts'

/** What operations work with that begin what goes on after their answer. */
export interface WorkingServices extends Services {
  readonly migrations: MigrationRunner
}
