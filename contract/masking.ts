import type * as z from 'zod'

/** What a sensitive field reads as. Sent back in an update, it means "leave it as it is". */
export const MASK = '••••••••'

/** Three or more characters that are all bullets or asterisks: a mask that somebody copied, never a value. */
export const looksLikeMask = (text: string): boolean => /^[•*]{3,}$/u.test(text)

/** Marks a field once; answers, OpenAPI, forms and the Terraform schema all ask this mark. */
export const sensitive = <T extends z.ZodType>(schema: T): T =>
  schema.meta({ ...schema.meta(), sensitive: true })

/** Marks a field that says where credentials are sent: a change of it asks for them anew. */
export const destination = <T extends z.ZodType>(schema: T): T =>
  schema.meta({ ...schema.meta(), destination: true })
