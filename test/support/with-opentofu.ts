import { openTofu } from '../live/servers/opentofu.ts'
import { cannot } from '../terraform/cannot.ts'
import { expectFailures } from './expect-failures.ts'

/** Sets up tests of Terraform to run OpenTofu. Without it they fail, and say what to install. */
process.env['AGYN_TEST_TERRAFORM'] = await openTofu()
expectFailures(cannot.OpenTofu)
