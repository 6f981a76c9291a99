import { BackendFailure, type CallOptions, type CheckReport } from '../backend.ts'
import { readJson } from '../json-members.ts'
import type { Mounts } from './mounts.ts'
import { type Members, objectMember, readAnswer, textMember } from './vault-answer.ts'
import type { VaultClient } from './vault-client.ts'

/** Asks Vault whose token this is and what it may do. No secret is read. */
export async function checkToken(
  client: VaultClient,
  mounts: Mounts,
  options: CallOptions,
): Promise<CheckReport> {
  const token = await lookupSelf(client, options)
  return {
    identity: {
      displayName: textMember(token, 'display_name')?.slice(0, 200).toWellFormed(),
      expiresAt: readTime(textMember(token, 'expire_time')),
      renewable: readBoolean(token.get('renewable')),
    },
    can: listed(token.get('policies')).includes('root')
      ? { read: true, write: true, list: true }
      : await capabilities(client, mounts, options),
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
 * A token is asked about paths, not in general. With a mount in the settings there is one to ask
 * about; a no says nothing, since the policy may well allow what lies deeper.
 */
async function capabilities(
  client: VaultClient,
  mounts: Mounts,
  options: CallOptions,
): Promise<CheckReport['can']> {
  const places = await mounts.probePaths(options)
  if (!places) return { read: 'unknown', write: 'unknown', list: 'unknown' }

  const json = { paths: [places.data, places.list] }
  const request = { method: 'POST', segments: ['sys', 'capabilities-self'], json } as const
  const { members } = readAnswer(await client.request(request, options))
  const data = objectMember(members, 'data') ?? members
  const onData = listed(data.get(places.data))
  return {
    read: onData.includes('read') || 'unknown',
    write: onData.includes('create') || onData.includes('update') || 'unknown',
    list: listed(data.get(places.list)).includes('list') || 'unknown',
  }
}

function listed(source: string | undefined): readonly string[] {
  const json = readJson(source ?? 'null')
  if (json?.kind !== 'array') return []
  return json.elements.flatMap((element) => {
    const item = readJson(element)
    return item?.kind === 'string' ? [item.value] : []
  })
}

/** In our own form; absent when it is none, since some answer `never` where Vault answers null. */
function readTime(text = ''): string | undefined {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

const readBoolean = (source: string | undefined): boolean | undefined =>
  source === 'true' || source === 'false' ? source === 'true' : undefined
