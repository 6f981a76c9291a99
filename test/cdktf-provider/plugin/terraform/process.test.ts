import { once } from 'node:events'
import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { canSeeProcesses, processesWith } from '../../../support/left-behind.ts'
import { installed } from '../support/installed.ts'

describe('the processes of a provider', () => {
  const shelf = installed()

  // Terraform installs what is in the mirror, so the count begins there.
  beforeAll(() => {
    const { launcher } = shelf
    renameSync(launcher, join(dirname(launcher), 'launch'))
    writeFileSync(launcher, '#!/bin/sh\necho start >> "$STARTS"\nexec "${0%/*}/launch" "$@"\n')
    chmodSync(launcher, 0o755)
  })

  const book = 'resource "shelf_book" "a" {\n isbn = "1"\n title = "A"\n}'

  it('start as often as Terraform has phases, and are gone after each command', async () => {
    const workspace = await shelf.workspace(book, { STARTS: 'starts' })
    const count = () => workspace.read('starts').split('\n').length - 1
    const commands = [
      ['validate', 2],
      ['plan', 3],
      ['apply -auto-approve', 4],
      ['plan', 3],
      ['destroy -auto-approve', 5],
    ] as const
    for (const [command, starts] of commands) {
      const before = count()
      expect(await workspace.run(...command.split(' '))).toMatchObject({ code: 0 })
      expect([command, count() - before]).toEqual([command, starts])
      expect(shelf.sockets()).toEqual([])
    }
  })

  it.runIf(canSeeProcesses)('are gone after a success, a failure, Ctrl-C and kill -9', async () => {
    const workspace = await shelf.workspace(book, { STARTS: 'starts' })
    const left = () => processesWith(workspace.directory)
    expect(await workspace.apply()).toMatchObject({ code: 0 })
    expect(left()).toEqual([])
    workspace.configure('resource "shelf_faulty" "a" { mode = "throws" }')
    expect(await workspace.apply()).toMatchObject({ code: 1 })
    expect(left()).toEqual([])
    workspace.configure('resource "shelf_faulty" "a" { mode = "waits" }')
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const apply = workspace.start('apply', '-auto-approve')
      apply.stderr?.resume()
      apply.stdout?.on('data', (text) => {
        if (!String(text).includes('Creating...')) return
        expect(left()).not.toEqual([])
        apply.kill(signal)
      })
      await once(apply, 'close')
      await expect.poll(left, { timeout: 10_000 }).toEqual([])
      expect(shelf.sockets()).toEqual([])
    }
  })
})
