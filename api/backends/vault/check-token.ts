import { BackendFailure, type CallOptions, type CheckReport } from '../backend.ts'
import type { Places } from './places.ts'
import { dataOf, type SecretPlace } from './secret-place.ts'
import { type Members, objectMember, readAnswer, textMember, textsMember } from './vault-answer.ts'
import type { VaultClient } from './vault-client.ts'

/** Asks Vault whose token this is and what it may do. No secret is read. */
export async function checkToken(
  client: VaultClient,
  places: Places,
  options: CallOptions,
): Promise<CheckReport> {
  const token = await lookupSelf(client, options)
  return {
    identity: {
      displayName: textMember(token, 'display_name')?.slice(0, 200).toWellFormed(),
      expiresAt: readTime(textMember(token, 'expire_time')),
      renewable: readBoolean(token.get('renewable')),
    },
    can: textsMember(token, 'policies').includes('root')
      ? { read: true, write: true, list: true }
      : await capabilities(client, places, options),
  }
}

async function lookupSelf(client: VaultClient, options: CallOptions): Promise<Members> {
  const segments = ['auth', 'token', 'lookup-self']
  const { found, members } = readAnswer(await client.request({ method: 'GET', segments }, options))
  const data = objectMember(members, 'data')
  if (found && data) return data
  throw new BackendFailure('unreadable_answer', 'The server does not know Vault tokens.', {
    hint: 'Check that the address is that of a Vault or OpenBao.',
  })
}

/**
 * A token is asked about paths, not in general: in the mount of the settings, where a no says nothing,
 * since the policy may well allow what lies deeper; and where managed secrets come to lie, where it does.
 */
async function capabilities(
  client: VaultClient,
  places: Places,
  options: CallOptions,
): Promise<CheckReport['can']> {
  const { mount, managed } = await places.probes(options)
  const probes = [...mount, ...managed]
  if (probes.length === 0) return { read: 'unknown', write: 'unknown', list: 'unknown' }

  const json = { paths: probes.flatMap((place) => [dataPath(place), folderPath(place)]) }
  const request = { method: 'POST', segments: ['sys', 'capabilities-self'], json } as const
  const { members } = readAnswer(await client.request(request, options))
  const data = objectMember(members, 'data') ?? members
  const may = (path: string, ...wanted: readonly string[]) =>
    textsMember(data, path).some((capability) => wanted.includes(capability))

  const ours = managed.length > 0 ? managed : mount
  const no = managed.length > 0 ? false : 'unknown'
  return {
    read: probes.some((place) => may(dataPath(place), 'read')) || 'unknown',
    write: ours.some((place) => may(dataPath(place), 'create', 'update')) || no,
    list: ours.some((place) => may(folderPath(place), 'list')) || no,
  }
}

const dataPath = (place: SecretPlace): string => dataOf(place).join('/')

const folderPath = ({ metadata }: SecretPlace): string => `${metadata.slice(0, -1).join('/')}/`

/** In our own form; absent when it is none, since some answer `never` where Vault answers null. */
function readTime(text = ''): string | undefined {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

const readBoolean = (source: string | undefined): boolean | undefined =>
  source === 'true' || source === 'false' ? source === 'true' : undefined
