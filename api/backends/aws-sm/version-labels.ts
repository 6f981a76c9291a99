/** Versions that keep a label of ours, the newest among them; AWS allows 20 labels for a whole secret. */
const labelled = 10

/** Which versions of a secret have which labels, as AWS says it. */
export type Labels = Readonly<Record<string, readonly string[]>>

export interface LabelPlan {
  /** For the version that is about to be written. */
  readonly next: string
  /** For the current version, when it has none: AWS takes none when a secret is created. */
  readonly missing?: LabelOfVersion | undefined
  readonly outdated: readonly LabelOfVersion[]
}

export interface LabelOfVersion {
  readonly versionId: string
  readonly label: string
}

/**
 * AWS drops versions without a label sooner or later, and its own two only ever keep two. So each of
 * ours has another, `agyn-1` and so on, until it is too old.
 */
export function planLabels(labels: Labels): LabelPlan {
  const all = Object.entries(labels).flatMap(([versionId, stages]) =>
    stages.map((label) => ({ versionId, label })),
  )
  const own = all.filter(({ label }) => numberOf(label) > 0).sort(newestFirst)
  const newest = own[0] ? numberOf(own[0].label) : 0
  const current = all.find(({ label }) => label === 'AWSCURRENT')?.versionId
  const lacks = current !== undefined && !own.some(({ versionId }) => versionId === current)
  const missing = lacks ? { versionId: current, label: `agyn-${newest + 1}` } : undefined
  return {
    next: `agyn-${newest + (missing ? 2 : 1)}`,
    missing,
    outdated: own.slice(labelled - (missing ? 2 : 1)),
  }
}

const numberOf = (label: string): number => Number(/^agyn-([1-9]\d{0,8})$/.exec(label)?.[1] ?? 0)

const newestFirst = (one: LabelOfVersion, other: LabelOfVersion): number =>
  numberOf(other.label) - numberOf(one.label)
