import { findOpenTofu, installOpenTofu } from '../../scripts/opentofu.ts'
import { cacheDir, onLine } from '../live/servers/cache.ts'
import { cannot } from '../terraform/cannot.ts'
import { expectFailures } from './expect-failures.ts'

/** Sets up tests of Terraform to run OpenTofu. Without it they fail, and say what to install. */
process.env['AGYN_TEST_TERRAFORM'] =
  (await findOpenTofu()) ?? (await installOpenTofu(cacheDir, onLine))
expectFailures(cannot.OpenTofu)
