/** Keeps the user's own spelling of a time that the API writes its way. */
export function sameInstant(found: string, state: string | null): string
export function sameInstant(found: string | undefined, state: string | null): string | null
export function sameInstant(found: string | undefined, state: string | null): string | null {
  return state !== null && found !== undefined && Date.parse(found) === Date.parse(state)
    ? state
    : (found ?? null)
}
