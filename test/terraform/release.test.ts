import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../../cdktf-provider/provider/gen/version.ts'
import { frameworks, tarball } from '../../scripts/constructs-packages.ts'
import { addresses, platforms } from '../../scripts/bundle-provider.ts'
import { writeRelease } from '../../scripts/release.ts'
import { ApiProcess } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'
import { required } from './world.ts'

const name = `terraform-provider-agyn_${VERSION}`
const constructs = `agyn-constructs-${VERSION}`
const packages = frameworks.map((framework) => basename(tarball(framework)))
const release = mkdtempSync(join(tmpdir(), 'agyn-release-'))
const opened: Terraform[] = []
beforeAll(() => writeRelease(release))
afterAll(() => {
  for (const terraform of opened) terraform.remove()
  rmSync(release, { recursive: true })
})

const bytes = (file: string, directory = release) => readFileSync(join(directory, file))

describe('a release', () => {
  it('holds what the registries ask for', () => {
    expect(readdirSync(release).sort()).toEqual(
      [
        `${name}_SHA256SUMS`,
        `${name}_manifest.json`,
        ...platforms.map((platform) => `${name}_${platform}.zip`),
        `${constructs}_SHA256SUMS`,
        ...packages,
      ].sort(),
    )
    expect(JSON.parse(bytes(`${name}_manifest.json`).toString())).toEqual({
      version: 1,
      metadata: { protocol_versions: ['6.0'] },
    })
  })

  it.each([
    { of: 'the provider', sums: `${name}_SHA256SUMS`, begins: name },
    { of: 'the constructs', sums: `${constructs}_SHA256SUMS`, begins: 'agyn-cdk' },
  ])('has a checksum of every file of $of', ({ sums, begins }) => {
    const lines = bytes(sums).toString().trimEnd().split('\n')
    const summed = lines.map((line) => /^([0-9a-f]{64}) {2}(\S+)$/.exec(line)?.slice(1) ?? [])
    expect(summed.map(([, file]) => file).sort()).toEqual(
      readdirSync(release)
        .filter((file) => file.startsWith(begins) && !file.endsWith('SUMS'))
        .sort(),
    )
    for (const [sum, file = ''] of summed) {
      expect(createHash('sha256').update(bytes(file)).digest('hex')).toBe(sum)
    }
  })

  it.each(packages)('packs %s as npm takes it, of the version of the provider', (file) => {
    const unpacked = (path: string) =>
      execFileSync('tar', ['-xzOf', join(release, file), `package/${path}`], { encoding: 'utf8' })
    const manifest = JSON.parse(unpacked('package.json')) as object
    expect(manifest).toMatchObject({ version: VERSION, publishConfig: { access: 'public' } })
    expect(manifest).not.toHaveProperty('private')
    expect(unpacked('README.md')).toMatch(/^# @agyn\/cdkt[fn]-provider\n/)
    expect(unpacked('lib/index.js')).toContain('require("./l2/secret")')
  })

  it('packs the notices of what is bundled', () => {
    const files = unzipSync(bytes(`${name}_linux_amd64.zip`))
    expect(Object.keys(files)).toContain('LICENSE')
    const notices = Buffer.from(files['THIRD_PARTY_NOTICES'] ?? []).toString()
    expect(notices).toMatch(/zod \S+ \(MIT\)[^]*Permission is hereby granted/)
    expect(notices).toMatch(/@bufbuild\/protobuf [^]*Redistributions in binary form/)
  })

  it('is the same again', async () => {
    const again = mkdtempSync(join(tmpdir(), 'agyn-release-'))
    await writeRelease(again)
    for (const file of readdirSync(release)) expect(bytes(file, again)).toEqual(bytes(file))
    rmSync(again, { recursive: true })
  })

  it('is installed from a mirror of its zips, locked for every platform, and applies', async () => {
    const api = await ApiProcess.start()
    const terraform = new Terraform({ AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken })
    opened.push(terraform)
    for (const address of addresses) {
      const packed = terraform.path(`mirror/${address}`)
      mkdirSync(packed, { recursive: true })
      for (const file of readdirSync(release).filter((file) => file.endsWith('.zip'))) {
        cpSync(join(release, file), join(packed, basename(file)))
      }
    }
    terraform.write(
      `provider_installation {\n  filesystem_mirror {\n    path = "${terraform.path('mirror')}"\n  }\n}\n`,
      'terraformrc',
    )
    terraform.write(`${required}
      resource "agyn_organization" "a" {
        name = "from the zip"
      }`)
    const lock = await terraform.run(
      'providers',
      'lock',
      `-fs-mirror=${terraform.path('mirror')}`,
      ...platforms.map((platform) => `-platform=${platform}`),
    )
    expect(lock).toMatchObject({ code: 0 })
    const locked = readFileSync(terraform.path('.terraform.lock.hcl'), 'utf8')
    expect(locked).toContain(`version = "${VERSION}"`)
    expect(locked).toMatch(/"h1:/)
    expect(await terraform.run('init', '-no-color', '-lockfile=readonly')).toMatchObject({
      code: 0,
    })
    await terraform.applied()
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
    await api.remove()
  })
})
