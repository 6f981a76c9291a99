import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** All that are written by hand, or generated and kept. */
const pages = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .trim()
  .split('\n')
  .filter((page) => existsSync(join(root, page)))

describe('a page of this repository', () => {
  it.each(pages)('links to files that are there, and to headings that they have: %s', (page) => {
    const links = [...withoutCode(read(page)).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)]
    const broken = links.map(([, link = '']) => link).filter((link) => !leadsSomewhere(page, link))
    expect(broken).toEqual([])
  })
})

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(root, target))) return false
  return heading === undefined || anchorsOf(read(target)).includes(heading)
}

/** As GitHub and GitLab make them of headings, and those that the page names itself. */
function anchorsOf(text: string): string[] {
  const headings = [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
  return [...headings, ...[...text.matchAll(/<a id="(.*?)"/g)].map(([, anchor = '']) => anchor)]
}

const withoutCode = (text: string): string => text.replaceAll(/^```[^]*?^```/gm, '')

const read = (page: string): string => readFileSync(join(root, page), 'utf8')
