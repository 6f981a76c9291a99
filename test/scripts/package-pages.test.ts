import { describe, expect, it } from 'vitest'
import { forFramework } from '../../scripts/package-pages.ts'

const page = `# @agyn/cdktn-provider for CDK Terrain

<!-- cdktn -->

Those of CDKTF have @agyn/cdktf-provider.

<!-- /cdktn -->
<!-- cdktf -->

CDKTF goes on as CDK Terrain.

<!-- /cdktf -->

Install cdktn@0.24, and cdktn-cli@0.24.
`

describe('a page of a package', () => {
  it('stays as it is written for CDK Terrain, but for what CDKTF alone has', () => {
    expect(forFramework('cdktn', page)).toBe(`# @agyn/cdktn-provider for CDK Terrain

Those of CDKTF have @agyn/cdktf-provider.

Install cdktn@0.24, and cdktn-cli@0.24.
`)
  })

  it('has the names and the version of CDKTF, and passages for it as they are written', () => {
    expect(forFramework('cdktf', page)).toBe(`# @agyn/cdktf-provider for CDKTF

CDKTF goes on as CDK Terrain.

Install cdktf@0.21, and cdktf-cli@0.21.
`)
  })
})
