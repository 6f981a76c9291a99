import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { lockDirectory } from '../../api/database/directory-lock.ts'
import { canSeeProcesses, changed, processesWith } from '../support/left-behind.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let home: string
let data: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'agyn-quickstart-'))
  data = join(home, 'data')
  const template = inject('testDatabase')
  if (template.kind === 'pglite') cpSync(template.directory, data, { recursive: true })
  mkdirSync(join(data, 'quickstart'))
  mkdirSync(join(home, 'bin'))
  const fake = [import.meta.resolve('tsx'), join(import.meta.dirname, 'fake-bao.ts')].join(' ')
  writeFileSync(join(home, 'bin/bao'), `#!/bin/sh\nexec node --import ${fake} "$@"\n`)
  chmodSync(join(home, 'bin/bao'), 0o755)
})
afterAll(() => {
  if (canSeeProcesses) for (const pid of processesWith(home)) process.kill(pid, 'SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

/** One run of the quickstart, at the head of a group of its own, as a terminal would start it. */
class Quickstart {
  said = ''
  readonly #child: ChildProcess
  readonly #ended: Promise<number | null>
  #heard: () => void = () => undefined

  constructor(environment: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(
      process.execPath,
      ['--import', 'tsx', join(root, 'scripts/quickstart.ts'), '--once'],
      {
        cwd: root,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: `${join(home, 'bin')}:${process.env['PATH']}`,
          HOME: home,
          TMPDIR: home,
          AGYN_DATA_DIR: data,
          PORT: '0',
          // Somebody's own, which a quickstart has no business with.
          DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/production',
          SECRETS_MASTER_KEY: 'too short',
          SECRETS_MASTER_KEY_FILE: '/nowhere',
          HOST: 'host.invalid',
          ...environment,
        },
      },
    )
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said += chunk.toString()
        this.#heard()
      })
    }
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve))
  }

  /** Resolves when it has said something, rejects when it ends before. */
  async heard(words: string): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.#heard = () => this.said.includes(words) && resolve()
      this.#heard()
    })
    const ended = this.#ended.then(() => Promise.reject(new Error(`It ended: ${this.said}`)))
    await Promise.race([heard, ended])
  }

  /** As Ctrl-C does: everybody in the group hears it. */
  interrupt(): void {
    process.kill(-(this.#child.pid as number), 'SIGINT')
  }

  /** As a supervisor does. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  ended(): Promise<number | null> {
    return this.#ended
  }
}

const stateLock = () => join(data, 'quickstart/.terraform.tfstate.lock.info')

function expectNothingLeft(): void {
  expect(processesWith(home)).toEqual([])
  expect(existsSync(stateLock())).toBe(false)
  lockDirectory(data)()
}

describe.skipIf(!canSeeProcesses)('a quickstart that is interrupted', () => {
  it.each([
    ['Looking for a Vault', 'SIGINT'],
    ['Starting the API', 'SIGINT'],
    ['Starting the API', 'SIGTERM'],
    ['terraform init', 'SIGINT'],
    ['An agent starts', 'SIGHUP'],
  ] as const)('leaves nothing running: %s, %s', async (moment, name) => {
    const quickstart = new Quickstart()
    await quickstart.heard(`▸ ${moment}`)
    if (name === 'SIGINT') quickstart.interrupt()
    else quickstart.signal(name)
    expect(await quickstart.ended()).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[name])
    expect(quickstart.said).toContain('Interrupted.')
    expectNothingLeft()
  })

  it('lets Terraform end what it has begun, however often Ctrl-C is pressed', async () => {
    const quickstart = new Quickstart()
    await quickstart.heard('▸ terraform apply')
    await changed(join(data, 'quickstart'), () => existsSync(stateLock()))
    quickstart.interrupt()
    quickstart.interrupt()
    expect(await quickstart.ended()).toBe(130)
    expectNothingLeft()
  })

  it('leaves an empty data directory usable, too', async () => {
    const empty = join(home, 'empty')
    mkdirSync(empty)
    const quickstart = new Quickstart({ AGYN_DATA_DIR: empty })
    await changed(empty, () => existsSync(join(empty, 'database')))
    quickstart.interrupt()
    expect(await quickstart.ended()).toBe(130)
    expect(processesWith(home)).toEqual([])
    lockDirectory(empty)()
  })

  it('can be run again, to its end', async () => {
    const quickstart = new Quickstart()
    const code = await quickstart.ended()
    expect(quickstart.said).toContain('All of it worked')
    expect(quickstart.said).toContain('agyn-quickstart/database#password')
    expect(code).toBe(0)
    expectNothingLeft()
  })
})

it('says what is wrong, and stops what it had started', async () => {
  const quickstart = new Quickstart({ AGYN_OUTBOUND_ALLOW: 'not a host!' })
  expect(await quickstart.ended()).toBe(1)
  expect(quickstart.said).toContain('AGYN_OUTBOUND_ALLOW')
  if (canSeeProcesses) expectNothingLeft()
})
