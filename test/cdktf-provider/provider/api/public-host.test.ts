import { expect, it } from 'vitest'
import { isPublicHost } from '../../../../cdktf-provider/provider/api/public-host.ts'

it.each([
  ...['localhost', '127.0.0.1', '127.1.2.3', '[::1]', '10.1.2.3', '172.31.0.1', '192.168.1.1'],
  ...['169.254.1.1', '100.64.0.1', '[fd00::1]', '[fe80::1]', '[::ffff:10.0.0.1]', 'api'],
  ...['API.svc', 'api.default.svc', 'secrets.internal', 'secrets.local', 'api.localhost'],
])('%s is a host of a private network', (host) => {
  expect(isPublicHost(new URL(`http://${host}`))).toBe(false)
})

it.each([
  ...['secrets.example.com', '8.8.8.8', '172.32.0.1', '11.0.0.1', '[2001:db8::1]'],
  ...['[::ffff:8.8.8.8]', 'local.example.com', 'notlocal.example', '100.128.0.1'],
])('%s is public', (host) => {
  expect(isPublicHost(new URL(`http://${host}`))).toBe(true)
})
