/** A secret that its name may mean, and how far up from the scope in question it lies: 0 is the scope itself. */
export interface Candidate {
  readonly name: string
  readonly distance: number
}

/** Which secret a name means, and which others have the name in wider scopes, the nearest first. */
export interface Chosen<Row extends Candidate> {
  readonly name: string
  readonly winner: Row
  readonly passedOver: readonly Row[]
}

/** The secret that each name means in a scope: of those with the name, the one in the narrowest scope. */
export function narrowest<Row extends Candidate>(rows: readonly Row[]): Chosen<Row>[] {
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
