import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { interleaved, Skipped, type Bench, type Figure, type Missing } from './harness/figure.ts'
import { goReference } from './harness/go-reference.ts'
import { launcher, mirror } from './harness/mirror.ts'

/**
 * From starting the Terraform provider to the line by which Terraform knows where it listens, against
 * starting Node.js, and beside the same of a provider in Go.
 */
export const handshake: Bench = async () => {
  const go = await goReference()
  const program = launcher(mirror)
  const inGo = go instanceof Skipped ? undefined : launcher(go)
  const ms = await interleaved(40, {
    handshake: () => shakeHands(program),
    inGo: async () => inGo && (await shakeHands(inGo)),
    node: async () => {
      const child = spawn('node', ['-e', '0'], { stdio: 'ignore', env: environment })
      const [code] = (await once(child, 'exit')) as [number]
      if (code !== 0) throw new Error(`node -e 0 ended with ${code}.`)
    },
  })
  const ofGo: Figure | Missing =
    go instanceof Skipped
      ? { missing: go.message }
      : { what: 'exec to handshake in Go', value: ms.inGo, unit: 'ms' }
  return [
    { what: 'exec to handshake', value: ms.handshake, unit: 'ms' },
    ofGo,
    { what: 'node -e 0', value: ms.node, unit: 'ms' },
    {
      what: 'handshake : node -e 0',
      value: ms.handshake / ms.node,
      unit: 'times',
      promise: { atMost: 1.5 },
    },
  ]
}

/** The same for both: settings such as NODE_EXTRA_CA_CERTS make Node.js start later. */
const environment = { PATH: process.env['PATH'] }

/** Resolves at the handshake, to what ends the provider: left alone, it would load on beside the next one. */
async function shakeHands(program: string): Promise<() => Promise<void>> {
  const child = spawn(program, [], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...environment, TF_PLUGIN_MAGIC_COOKIE: cookie, PLUGIN_PROTOCOL_VERSIONS: '6' },
  })
  const ended = once(child, 'close')
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  if (!/^1\|6\|/.test(said.toString())) throw new Error(`The provider said ${said.toString()}`)
  return async () => {
    child.kill('SIGKILL')
    await ended
  }
}

/** By which a plugin knows that it was started by Terraform and not by hand. */
const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'
