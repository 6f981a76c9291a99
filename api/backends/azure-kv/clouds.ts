import { BackendFailure } from '../backend.ts'

/** One of Microsoft's clouds: the domain of its key vaults, and where to log in to them. */
interface Cloud {
  readonly vaults: string
  readonly authority: string
}

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#dns-suffixes-for-base-url */
const clouds: readonly [Cloud, ...Cloud[]] = [
  { vaults: 'vault.azure.net', authority: 'https://login.microsoftonline.com' },
  { vaults: 'vault.azure.cn', authority: 'https://login.partner.microsoftonline.cn' },
  { vaults: 'vault.usgovcloudapi.net', authority: 'https://login.microsoftonline.us' },
]

const cloudOf = (host: string): Cloud | undefined =>
  clouds.find(({ vaults }) => host.endsWith(`.${vaults}`))

/** Where to log in to a vault, when the settings do not say. */
export const authorityOf = (host: string): string => (cloudOf(host) ?? clouds[0]).authority

/** Whether this is where one of the clouds logs people in. */
export const isCloudAuthority = (address: string): boolean =>
  clouds.some(({ authority }) => authority === new URL(address).origin)

/** What a token for a vault is asked for; undefined for a vault that is in none of the clouds' domains. */
export function resourceOf(host: string): string | undefined {
  const cloud = cloudOf(host)
  return cloud && `https://${cloud.vaults}`
}

/**
 * The resource that a vault outside the clouds' domains says its tokens are for. It may be that of a
 * cloud, as behind a private name, or the vault's own domain, as on Azure Stack; a server that could
 * name any would be given tokens for things that are not vaults. Where to log in it says as well, and
 * is not heard: the client's secret goes where the settings say.
 *
 * @param challenge - `WWW-Authenticate` of its 401
 */
export function readChallenge(challenge: string, host: string): string {
  const named = /\b(?:resource|scope)="(https:\/\/[^"\s]+)"/i.exec(challenge)?.[1]
  const resource = named?.replace(/\/(\.default)?$/, '')
  if (resource === undefined || !URL.canParse(resource)) {
    throw new BackendFailure('unreadable_answer', `${host} does not say what its tokens are for.`, {
      hint: 'Check that vaultUrl is the address of a key vault.',
    })
  }
  const domain = new URL(resource).hostname
  if (clouds.some(({ vaults }) => domain === vaults) || isWithin(host, domain)) return resource
  throw new BackendFailure(
    'forbidden',
    `${host} wants a token for something else than a key vault, which it is not given.`,
    { hint: 'Check that vaultUrl is the address of a key vault.' },
  )
}

/** Of the same domain, and one that somebody can have as his own: three names at least, or the host itself. */
const isWithin = (host: string, domain: string): boolean =>
  host === domain || (domain.split('.').length > 2 && host.endsWith(`.${domain}`))
