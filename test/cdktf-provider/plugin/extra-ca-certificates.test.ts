import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readExtraCaCertificates } from '../../../cdktf-provider/plugin/index.ts'
import { bundleShelf } from './support/mirror.ts'

describe('extra certificates', () => {
  let directory: string
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'ca-'))))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('travel past Node under another name', async () => {
    const launcher = await bundleShelf(directory)
    const names = ['NODE_EXTRA_CA_CERTS', 'PLUGIN_EXTRA_CA_CERTS']
    const print = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name] ?? null)))`
    writeFileSync(join(dirname(launcher), 'provider.cjs'), print)
    const run = (env: NodeJS.ProcessEnv) =>
      JSON.parse(execFileSync(launcher, { env, encoding: 'utf8' })) as unknown
    const PATH = process.env['PATH']
    expect(run({ PATH, NODE_EXTRA_CA_CERTS: '/a b/ca.pem' })).toEqual([null, '/a b/ca.pem'])
    expect(run({ PATH })).toEqual([null, null])
  })

  it('are read when asked for, and a missing file is no reason to stop', () => {
    const file = join(directory, 'ca.pem')
    writeFileSync(file, 'certificates')
    expect(readExtraCaCertificates({ PLUGIN_EXTRA_CA_CERTS: file })).toBe('certificates')
    expect(readExtraCaCertificates({ PLUGIN_EXTRA_CA_CERTS: `${file}.gone` })).toBeNull()
    expect(readExtraCaCertificates({ SSL_CERT_FILE: file })).toBe('certificates')
    const both = { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file }
    expect(readExtraCaCertificates(both)).toBe('certificates')
    const other = join(directory, 'other.pem')
    writeFileSync(other, 'more')
    expect(readExtraCaCertificates({ ...both, SSL_CERT_FILE: other })).toBe('certificates\nmore')
    expect(readExtraCaCertificates({})).toBeNull()
  })
})
