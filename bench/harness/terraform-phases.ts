import { median, timed } from './figure.ts'
import type { TerraformRun } from './terraform-run.ts'

/** What a user does with a configuration, in this order. */
export const phases = ['validate', 'plan', 'apply', 'second plan', 'destroy'] as const
export type Phase = (typeof phases)[number]

/** What is compared. */
export interface Contenders<T> {
  readonly ours: T
  /** Absent where there is no Go. */
  readonly inGo?: T
  /** What Terraform keeps itself. */
  readonly builtIn: T
}

export interface Rounds {
  readonly rounds: number
  /** How often a phase that changes nothing is measured in each round. */
  readonly readsEach: number
  /** Whether a round comes first that does not count. */
  readonly warmUp: boolean
}

/**
 * Median milliseconds of each phase. All take turns phase by phase, so that a busy moment of the machine
 * falls on all of them, and another begins in each round, so that none always follows the same one.
 */
export async function measurePhases(
  { rounds, readsEach, warmUp }: Rounds,
  runs: Contenders<TerraformRun>,
): Promise<Contenders<Record<Phase, number>>> {
  const all = Object.entries<TerraformRun>({ ...runs }).map(([name, run]) => ({
    name,
    run,
    times: byPhase((): number[] => []),
  }))
  for (let round = warmUp ? -1 : 0; round < rounds; round++) {
    const first = (round + all.length) % all.length
    const turns = [...all.slice(first), ...all.slice(0, first)]
    for (const phase of phases) {
      const often = phase === 'apply' || phase === 'destroy' ? 1 : readsEach
      for (let nth = 0; nth < often; nth++) {
        for (const { run, times } of turns) {
          const ms = await timed(() => commands[phase](run))
          if (round >= 0) times[phase].push(ms)
        }
      }
    }
  }
  const medians = all.map(({ name, times }) => [name, byPhase((phase) => median(times[phase]))])
  return Object.fromEntries(medians) as Contenders<Record<Phase, number>>
}

const byPhase = <T>(of: (phase: Phase) => T) =>
  Object.fromEntries(phases.map((phase) => [phase, of(phase)])) as Record<Phase, T>

const commands: Readonly<Record<Phase, (run: TerraformRun) => Promise<void>>> = {
  validate: (run) => run.validate(),
  plan: (run) => run.plan(),
  apply: (run) => run.apply(),
  'second plan': (run) => run.requireNoChanges(),
  destroy: (run) => run.destroy(),
}
