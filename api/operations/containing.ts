/** Matches texts that hold `part` as it is written, whatever its case. Prisma leaves `%` and `_` to LIKE. */
export const containing = (part: string) =>
  ({ contains: part.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' }) as const
