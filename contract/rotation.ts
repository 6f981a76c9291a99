const HOUR_MS = 60 * 60 * 1000

/** An hour to ten years. */
const LEAST_MS = HOUR_MS
const MOST_MS = 3650 * 24 * HOUR_MS

const UNIT_MS = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS } as const

/**
 * Milliseconds of an interval in hours, days or weeks: `12h`, `90d`, `2w`, or the same in ISO 8601
 * (`PT12H`, `P90D`, `P2W`). Undefined for anything else: months and years have no one length.
 */
export function intervalMs(text: string): number | undefined {
  const [, short, unit, hours, days, weeks] =
    /^(?:(\d{1,5})([hdw])|PT(\d{1,5})H|P(\d{1,5})D|P(\d{1,5})W)$/.exec(text) ?? []
  const count = Number(short ?? hours ?? days ?? weeks ?? NaN)
  const each = UNIT_MS[(unit ?? (hours ? 'h' : days ? 'd' : 'w')) as keyof typeof UNIT_MS]
  const ms = count * each
  return ms >= LEAST_MS && ms <= MOST_MS ? ms : undefined
}
