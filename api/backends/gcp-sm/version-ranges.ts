/** Numbers of versions as a short text, such as `1-12,14`: an annotation has room for 16 KiB. */
export function formatRanges(numbers: Iterable<number>): string {
  const ranges: { first: number; last: number }[] = []
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const current = ranges.at(-1)
    if (current && number === current.last + 1) current.last = number
    else ranges.push({ first: number, last: number })
  }
  return ranges
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .join(',')
}

/** The numbers, in order; what is no range is passed over, since anybody may edit an annotation. */
export function parseRanges(text: string): readonly number[] {
  return text.split(',').flatMap((range) => {
    const [, first, last = first] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(range) ?? []
    const length = Number(last) - Number(first) + 1
    if (!(length > 0 && length <= longest)) return []
    return Array.from({ length }, (_, at) => Number(first) + at)
  })
}

/** More than a secret of ours will ever have. */
const longest = 100_000
