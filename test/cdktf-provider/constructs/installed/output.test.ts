import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { App, TerraformStack } from 'cdktn'
import { installed, type Installed } from '../../../support/constructs.ts'
import { l1, l2 } from '../../../support/secret-arguments.ts'
import { addStack, targetVersions, textsBelow } from '../../../support/stacks.ts'

const canary = 'sk_live_canary'

interface Door {
  readonly skipValidation?: boolean
  readonly environment?: Readonly<Record<string, string>>
  open(packages: Installed, app: App, stack: TerraformStack): unknown
}

/** Ways to an output. */
const doors: Readonly<Record<string, Door>> = {
  'App.synth()': { open: (_, app) => app.synth() },
  'App.synth() without validations': { skipValidation: true, open: (_, app) => app.synth() },
  'App.synth() in HCL': {
    environment: { SYNTH_HCL_OUTPUT: 'true' },
    open: (_, app) => app.synth(),
  },
  'App.synth() in HCL without validations': {
    skipValidation: true,
    environment: { SYNTH_HCL_OUTPUT: 'true' },
    open: (_, app) => app.synth(),
  },
  'App.synth() when errors are for the command line': {
    environment: { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'true' },
    open: (_, app) => app.synth(),
  },
  'Testing.synth(stack, true)': { open: ({ cdk }, _, stack) => cdk.Testing.synth(stack, true) },
  'Testing.synth(stack)': { open: ({ cdk }, _, stack) => cdk.Testing.synth(stack) },
  'Testing.synthHcl(stack, true)': {
    open: ({ cdk }, _, stack) => cdk.Testing.synthHcl(stack, true),
  },
  'Testing.synthHcl(stack)': { open: ({ cdk }, _, stack) => cdk.Testing.synthHcl(stack) },
  'Testing.fullSynth(stack)': { open: ({ cdk }, _, stack) => cdk.Testing.fullSynth(stack) },
  'stack.toTerraform()': { open: (_, __, stack) => stack.toTerraform() as unknown },
  'stack.toHclTerraform()': { open: (_, __, stack) => stack.toHclTerraform() as unknown },
}

describe.each(installed)('a secret in clear text, with $framework', (packages) => {
  const { cdk, agyn } = packages
  let directory: string
  const printed: unknown[] = []

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'agyn-output-'))
    // Where the frameworks make directories of their own.
    vi.stubEnv('TMPDIR', directory)
    printed.length = 0
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(text) > 0)
    }
    for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
      vi.spyOn(console, method).mockImplementation((...texts: unknown[]) => printed.push(texts))
    }
  })

  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(directory, { recursive: true })
  })

  const begin = ({ environment = {}, skipValidation = false }: Omit<Door, 'open'>) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const app = new cdk.App({ outdir: directory, context: targetVersions, skipValidation })
    return { app, stack: addStack(packages, app, 'stack') }
  }

  /** What the door throws, after a search of all that came out. */
  const errorOf = (open: () => unknown): Error => {
    let error: unknown
    let answer: unknown
    try {
      answer = open()
    } catch (thrown) {
      error = thrown
    }
    for (const output of [error, answer, printed]) {
      expect(inspect(output, { depth: null, maxStringLength: null })).not.toContain(canary)
    }
    expect(textsBelow(directory)).not.toContain(canary)
    return error as Error
  }

  describe.each(Object.entries(doors))('at %s', (_, door) => {
    it('is refused wherever it is given, and shown nowhere', () => {
      const { app, stack } = begin(door)
      const takers = [...l2, ...l1]
      for (const taker of takers) taker.make(agyn, stack, canary)
      const error = errorOf(() => door.open(packages, app, stack))
      expect(error).toBeInstanceOf(Error)
      for (const { id, takes } of takers) {
        for (const argument of takes) {
          expect(error.message).toMatch(new RegExp(`\\bstack/${id}\\b.*\`${argument}\``))
        }
      }
    })

    it('is refused when it is the default of a variable, and when a Lazy hides it', () => {
      const { app, stack } = begin(door)
      const variable = new cdk.TerraformVariable(stack, 'key', { default: canary })
      const lazy = cdk.Lazy.stringValue({ produce: () => canary })
      agyn.Secret.local(stack, 'by-default', { value: variable.stringValue })
      agyn.Secret.local(stack, 'by-lazy', { value: lazy })
      expect(errorOf(() => door.open(packages, app, stack)).message).toMatch(
        /\[stack\/by-default\] `value` .*\n.*\[stack\/by-lazy\] `value` /s,
      )
    })

    it('is refused when it comes after an output that was clean', () => {
      const { app, stack } = begin(door)
      const variable = new cdk.TerraformVariable(stack, 'key', {})
      const secret = agyn.Secret.local(stack, 'secret', { value: variable.stringValue })
      app.synth()
      secret.resource.addOverride('value_wo', canary)
      expect(errorOf(() => door.open(packages, app, stack)).message).toContain('[stack/secret]')
    })

    it('lets a stack without one pass', () => {
      const { app, stack } = begin(door)
      const variable = new cdk.TerraformVariable(stack, 'key', {})
      agyn.Secret.local(stack, 'secret', { value: variable.stringValue })
      expect(errorOf(() => door.open(packages, app, stack))).toBeUndefined()
    })
  })

  it('is refused in a sentence that names the construct and the argument, and shows the right ways', () => {
    const { app, stack } = begin({})
    agyn.Secret.local(stack, 'stripe', { value: canary })
    const { message } = errorOf(() => app.synth())
    expect(message).toContain('[stack/stripe] `value` ')
    for (const way of ['TerraformVariable without a default', 'EphemeralVariable', 'TF_VAR_']) {
      expect(message).toContain(way)
    }
  })
})
