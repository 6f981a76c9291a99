import { cannot } from '../terraform/cannot.ts'
import { expectFailures } from './expect-failures.ts'

/** Sets up tests that run Terraform. */
expectFailures(cannot.Terraform)
