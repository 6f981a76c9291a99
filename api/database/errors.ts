/**
 * What a failed query means. Prisma's own errors must not travel further than this folder's callers:
 * their messages quote the arguments of the query (prisma/orm#29497).
 */

/** Name of the unique index that refused a row, or undefined for any other error. */
export function uniqueViolation(error: unknown): string | undefined {
  if (!isPrismaError(error) || error.code !== 'P2002') return undefined
  return error.meta?.driverAdapterError?.cause?.constraint?.index ?? 'unknown'
}

/** A row is still referred to, or refers to one that is not there. */
export const isForeignKeyViolation = (error: unknown): boolean =>
  isPrismaError(error) && error.code === 'P2003'

/** The transaction lost against another and may be tried again: serialization failure or deadlock. */
export const isConflict = (error: unknown): boolean =>
  isPrismaError(error) && (error.code === 'P2034' || ['40001', '40P01'].includes(sqlState(error)))

/** The database did not answer, or went away while it did. Whether the work took effect is unknown. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '' } = error as { code?: string }
  if (['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'].includes(code)) return true
  const state = sqlState(error as PrismaError)
  if (/^(08|57P|53)/.test(state) || /^(08|57P|53)/.test(code)) return true
  if (isSocketFailure(error)) return true
  return /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Can't reach database|server has closed the connection|ConnectionClosed|the pool after calling end/i.test(
    error.message,
  )
}

/** An errno of a connection, and not of a file that is missing. */
const isSocketFailure = ({ code = '', syscall = '' }: NodeJS.ErrnoException): boolean =>
  ['connect', 'read', 'write', 'getaddrinfo'].includes(syscall) &&
  /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|NOENT|AI_AGAIN)|ENOTFOUND)/.test(code)

interface PrismaError extends Error {
  readonly code?: string
  readonly meta?: { readonly driverAdapterError?: DriverAdapterError }
  readonly cause?: unknown
}

interface DriverAdapterError {
  readonly cause?: {
    readonly originalCode?: string
    readonly code?: string
    readonly constraint?: { readonly index?: string }
  }
}

const isPrismaError = (error: unknown): error is PrismaError =>
  error instanceof Error &&
  (/^P\d{4}$/.test((error as PrismaError).code ?? '') || error.name === 'DriverAdapterError')

/** SQLSTATE of a query error, or of a failed COMMIT, which surfaces as a bare DriverAdapterError. */
function sqlState(error: PrismaError): string {
  const cause =
    error.meta?.driverAdapterError?.cause ?? (error.cause as DriverAdapterError['cause'])
  return cause?.originalCode ?? cause?.code ?? ''
}
