#!/usr/bin/env node
import { createRequire } from 'node:module'
import { run } from './run.ts'
import type { Shell } from './shell.ts'

// Beside `cli/` in a checkout, beside `dist/` once built.
const { version } = createRequire(import.meta.url)(
  import.meta.url.includes('/dist/') ? '../../package.json' : '../package.json',
) as { version: string }

const setting = (name: string) => process.env[name] || undefined // an empty variable is an absent one

const shell: Shell = {
  version,
  settings: {
    apiUrl: setting('AGYN_API_URL'),
    apiToken: setting('AGYN_API_TOKEN'),
    fernetKeys: setting('FERNET_SECRET_KEY'),
  },
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  progress: process.stderr.isTTY
    ? (text) => void process.stderr.write(`\r\u001b[K${text}`)
    : undefined,
  onInterrupt: (listener) => {
    process.once('SIGINT', listener)
    return () => void process.off('SIGINT', listener)
  },
  readInput: async () => Buffer.concat(await process.stdin.toArray()),
  runApi: async (command) => {
    // It reads its own command line. Imported here, so that no other command loads a database.
    process.argv.splice(2, Infinity, command)
    await import('../api/main.ts')
  },
}

// Whoever read the beginning has seen enough: `agyn-secrets explain … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2)
})

process.exitCode = await run(process.argv.slice(2), shell)
