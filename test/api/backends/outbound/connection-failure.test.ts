import { expect, it } from 'vitest'
import { connectionFailure } from '../../../../api/backends/outbound/connection-failure.ts'

const url = new URL('https://vault.example.com')
const trouble = (code: string, syscall?: string) => Object.assign(new Error(), { code, syscall })

it.each([
  [
    'no address of it answered',
    new AggregateError([trouble('ETIMEDOUT'), trouble('ECONNREFUSED')]),
  ],
  ['its only one did not', trouble('ETIMEDOUT', 'connect')],
  ['it has none', trouble('ENOTFOUND')],
  ['its certificate is wrong', trouble('CERT_HAS_EXPIRED')],
])('a server has seen nothing of a request when %s', (_, error) => {
  expect(connectionFailure(error, url)).toMatchObject({ code: 'unreachable', notSent: true })
})

it.each([
  ['does not answer any more', trouble('ETIMEDOUT', 'read')],
  ['closes the connection', trouble('ECONNRESET', 'read')],
  ['closes it while we write', trouble('EPIPE', 'write')],
  ['fails in a way that nobody knows', new Error()],
])('a server may have seen a request when it %s', (_, error) => {
  expect(connectionFailure(error, url)).toMatchObject({ code: 'unreachable', notSent: false })
})
