import { beforeEach, type RunnerTask } from 'vitest'

/**
 * Lets tests fail that cannot pass, by file and full name, each with its reason. One that passes fails,
 * because its reason is no longer true; and so does every test of a file that has none of that name.
 */
export function expectFailures(cannot: Readonly<Record<string, string>>): void {
  beforeEach(({ task }) => {
    // As `it.fails` would have it.
    if (Object.hasOwn(cannot, task.fullName)) Object.assign(task, { fails: true })
    const names = namesIn(task.file)
    for (const [name, reason] of Object.entries(cannot)) {
      if (!name.startsWith(`${task.file.fullName} > `) || names.includes(name)) continue
      throw new Error(`No test is called "${name}", which is to fail because ${reason}.`)
    }
  })
}

const namesIn = (task: RunnerTask): readonly string[] =>
  task.type === 'suite' ? task.tasks.flatMap(namesIn) : [task.fullName]
