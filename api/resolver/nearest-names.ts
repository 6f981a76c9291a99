/**
 * How many cells of their tables edit distances may fill in, all together: names may be long and many,
 * and one thread answers everybody.
 */
export interface Budget {
  cells: number
}

/**
 * Names that look like a misspelt one, the nearest first: at most three, and none that is quite another.
 *
 * @param budget - what comparing costs is taken from it; names after its end are not looked at
 */
export function nearestNames(wanted: string, names: readonly string[], budget: Budget): string[] {
  const misspelt = wanted.toLowerCase()
  const near: { readonly name: string; readonly distance: number }[] = []
  for (const name of names) {
    if (budget.cells <= 0) break
    const most = mostEdits(name)
    const distance = editDistance(misspelt, name.toLowerCase(), most, budget)
    if (distance <= most) near.push({ name, distance })
  }
  return near
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** With more edits than this, it is another name. */
const mostEdits = (name: string): number => Math.max(2, Math.ceil(name.length / 3))

/**
 * Levenshtein's: how many characters must be added, dropped or changed; infinite when more than `most`.
 * Of the table only the band is filled in that so many edits can reach, and no row after one that has
 * no cell within them.
 */
function editDistance(a: string, b: string, most: number, budget: Budget): number {
  if (Math.abs(a.length - b.length) > most) return Infinity
  let row = Array.from({ length: b.length + 2 }, (_, index) => index)
  let next = [...row]
  for (let i = 1; i <= a.length; i++) {
    const first = Math.max(1, i - most)
    const last = Math.min(b.length, i + most)
    next[first - 1] = first === 1 ? i : Infinity
    let least = Infinity
    for (let j = first; j <= last; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const cell = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1)
      next[j] = cell
      least = Math.min(least, cell)
    }
    next[last + 1] = Infinity // the next row reads one cell beyond this band
    budget.cells -= last - first + 1
    if (least > most) return Infinity
    ;[row, next] = [next, row]
  }
  return row[b.length] ?? Infinity
}
