import { describe, expect, it } from 'vitest'
import { BadProxy, proxyFor } from '../../../../cdktf-provider/provider/api/proxy-for.ts'

const api = 'https://secrets.example.com'
const proxy = 'http://proxy.example:3128'
const through = (url: string, env: NodeJS.ProcessEnv) => proxyFor(new URL(url), env)?.href ?? null

describe('the proxy', () => {
  it.each<[string, NodeJS.ProcessEnv, string | null]>([
    [api, {}, null],
    [api, { HTTPS_PROXY: proxy }, `${proxy}/`],
    [api, { https_proxy: proxy }, `${proxy}/`],
    [api, { HTTPS_PROXY: 'proxy.example:3128' }, `${proxy}/`],
    [api, { HTTPS_PROXY: 'https://u:p@proxy.example' }, 'https://u:p@proxy.example/'],
    [api, { HTTP_PROXY: proxy }, null],
    ['http://secrets.example.com', { HTTP_PROXY: proxy }, `${proxy}/`],
    ['http://secrets.example.com', { HTTPS_PROXY: proxy }, null],
    ['https://localhost:8080', { HTTPS_PROXY: proxy }, null],
    ['https://127.0.0.2:8080', { HTTPS_PROXY: proxy }, null],
    ['https://[::1]:8080', { HTTPS_PROXY: proxy }, null],
  ])('of %s under %j is %s', (url, env, expected) => {
    expect(through(url, env)).toBe(expected)
  })

  it.each([
    ['*', api],
    ['example.com', api],
    ['.example.com', api],
    ['*.example.com', api],
    ['other.example, SECRETS.example.com', api],
    ['secrets.example.com:443', api],
    ['secrets.example.com:8443', 'https://secrets.example.com:8443'],
    ['10.1.2.3', 'https://10.1.2.3'],
    ['10.1.2.3:8443', 'https://10.1.2.3:8443'],
    ['10.0.0.0/8', 'https://10.1.2.3'],
    ['fd00::/8', 'https://[fd00::1]'],
    ['fd00::1', 'https://[fd00::1]'],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443'],
  ])('is left out by NO_PROXY=%s for %s', (noProxy, url) => {
    expect(through(url, { HTTPS_PROXY: proxy, NO_PROXY: noProxy })).toBeNull()
    expect(through(url, { HTTPS_PROXY: proxy, no_proxy: noProxy })).toBeNull()
  })

  it.each([
    ['', api],
    [' , ', api],
    ['ample.com', api],
    ['.secrets.example.com', api],
    ['secrets.example.com:8443', api],
    ['10.0.0.0/8', 'https://11.1.2.3'],
    ['10.0.0.0/8', 'https://10.example.com'],
    ['10.0.0.0/99', 'https://10.1.2.3'],
    ['0.1.2.3', 'https://10.1.2.3'],
  ])('is not left out by NO_PROXY=%s for %s', (noProxy, url) => {
    expect(through(url, { HTTPS_PROXY: proxy, NO_PROXY: noProxy })).toBe(`${proxy}/`)
  })

  it.each(['socks5://proxy.example', 'http://', 'http://user:canary@a b'])(
    'that cannot be used is said to be so, without its value: %s',
    (given) => {
      const attempt = () => proxyFor(new URL(api), { HTTPS_PROXY: given })
      expect(attempt).toThrow(BadProxy)
      expect(attempt).toThrow('HTTPS_PROXY is not a proxy')
    },
  )
})
