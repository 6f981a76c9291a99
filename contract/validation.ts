/** What validates at run time, in one file that loads zod. The Terraform provider imports it late. */
export { fieldIssues } from './field-errors.ts'
export { schemas } from './schemas/index.ts'
