/** A secret of a scope, and how far up from the scope in question that is: 0 is the scope itself. */
export interface Applicable {
  readonly name: string
  readonly distance: number
}

/** Which secret a name means, and which others have the name in wider scopes, the nearest first. */
export interface Chosen<Row extends Applicable> {
  readonly name: string
  readonly winner: Row
  readonly passedOver: readonly Row[]
}

/** The secret that each name means in a scope: of those with the name, the one in the narrowest scope. */
export function narrowest<Row extends Applicable>(rows: readonly Row[]): Chosen<Row>[] {
  const byName = new Map<string, Row[]>()
  for (const row of rows) {
    const same = byName.get(row.name)
    if (same) same.push(row)
    else byName.set(row.name, [row])
  }
  return [...byName].flatMap(([name, same]) => {
    const [winner, ...passedOver] = same.sort((a, b) => a.distance - b.distance)
    return winner ? [{ name, winner, passedOver }] : []
  })
}
