/** Cuts items into requests that the API takes: 500 items and 1 MiB of JSON at most, the rest of the body included. */
export function* batches<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  { mostItems = 500, mostBytes = 1_000_000 } = {},
): Generator<T[]> {
  let batch: T[] = []
  let bytes = 0
  for (const item of items) {
    const size = sizeOf(item)
    if (batch.length === mostItems || (batch.length > 0 && bytes + size > mostBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
