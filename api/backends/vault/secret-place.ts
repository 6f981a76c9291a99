import type { Mount } from './mounts.ts'
import type { VaultClient } from './vault-client.ts'

/** Where in a key-value engine a secret is, or a folder. */
export interface SecretPlace {
  readonly client: VaultClient
  readonly mount: Mount
  /** In the mount, without `data`. */
  readonly name: readonly string[]
  /** Of the API's path to what is known about it; in version 1 to itself. */
  readonly metadata: readonly string[]
}

/** Of the API's path to its value. */
export const dataOf = ({ mount, name }: SecretPlace): readonly string[] =>
  mount.kvVersion === 2 ? [...mount.segments, 'data', ...name] : [...mount.segments, ...name]

/** As `read` takes it: without the API's `data`, except where the name would be misread. */
export function spellPath({ mount, name }: SecretPlace): string {
  const misread = mount.kvVersion === 2 && name.length > 1 && name[0] === 'data'
  return [...mount.segments, ...(misread ? ['data'] : []), ...name].join('/')
}
