#!/usr/bin/env node
// Prevents `prisma migrate ...` from seeming to succeed without doing anything: stands in for the
// schema engine and answers every call with what to run instead.
import { createInterface } from 'node:readline'

if (process.argv.includes('--version')) {
  console.log('schema-engine-cli none')
  process.exit(0)
}
const message =
  'The Prisma CLI does not migrate this project. To apply migrations run `agyn-secrets migrate`; to write one run `npm run migration new NAME`.'
process.stderr.write(
  JSON.stringify({
    level: 'ERROR',
    target: 'schema_engine::logger',
    fields: { message, error_code: 'P1010' },
    timestamp: '',
  }) + '\n',
)
if (process.argv.includes('cli')) process.exit(0) // "can connect": the call that follows explains
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id } = JSON.parse(line)
  const error = { code: 4466, message, data: { is_panic: false, message, meta: null } }
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, error }) + '\n')
})
