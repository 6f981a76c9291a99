import { describe, expect, it } from 'vitest'
import { forFramework } from '../../scripts/package-pages.ts'

const page = `# @agyn/cdktn-provider for CDK Terrain

<!-- cdktn -->

Those of CDKTF have @agyn/cdktf-provider.

<!-- /cdktn -->
<!-- cdktf -->

CDKTF goes on as CDK Terrain.

<!-- /cdktf -->

The end.
`

describe('a page of a package', () => {
  it('stays as it is written for CDK Terrain, but for what CDKTF alone has', () => {
    expect(forFramework('cdktn', page)).toBe(`# @agyn/cdktn-provider for CDK Terrain

Those of CDKTF have @agyn/cdktf-provider.

The end.
`)
  })

  it('has the names of CDKTF, and passages for it as they are written', () => {
    expect(forFramework('cdktf', page)).toBe(`# @agyn/cdktf-provider for CDKTF

CDKTF goes on as CDK Terrain.

The end.
`)
  })
})
