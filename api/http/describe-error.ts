/** What may be logged of an error that is not our own: its kind and where it came from, never its message, which may quote a value. */
export interface ErrorDescription {
  readonly name: string
  readonly code?: string
  readonly at: readonly string[]
  readonly cause?: ErrorDescription
}

export function describeError(error: unknown, depth = 0): ErrorDescription {
  const { code } = (error ?? {}) as { readonly code?: unknown }
  const known = typeof code === 'string' ? { code } : {}
  if (!(error instanceof Error)) return { name: typeof error, ...known, at: [] }
  return {
    name: error.name,
    ...known,
    at: framesOf(error)
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < 3
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  }
}

/** A stack begins with the message, whose own lines may look like frames. */
function framesOf({ message, stack = '' }: Error): string {
  const at = stack.indexOf(message)
  return at < 0 ? '' : stack.slice(at + message.length)
}
