import { readFileSync } from 'node:fs'
import { Client } from '../contract/client.ts'
import type { Answer } from '../contract/schemas/index.ts'
import { CliError } from './cli-error.ts'
import type { GlobalOptions } from './command-context.ts'
import type { Shell } from './shell.ts'

/** The API as one command talks to it, with the organization that its requests are about. */
export interface Connection {
  readonly client: Client
  /** To be spread into a body or a query; empty where the token tells. */
  readonly owner: { readonly organizationId?: string }
}

/** Checks what is needed to reach the API. Nothing is sent but to look up an organization by its name. */
export async function connect(shell: Shell, options: GlobalOptions): Promise<Connection> {
  const { transport } = shell
  const url = readUrl(options.apiUrl ?? shell.settings.apiUrl)
  const token = readToken(shell.settings.apiToken, options.tokenFile)
  const client = new Client({ url, token, ...(transport ? { transport } : {}) })
  if (options.organization === undefined) return { client, owner: {} }
  return { client, owner: { organizationId: await organizationId(client, options.organization) } }
}

type Scope = Answer<'GetScope'>

/** Finds a scope by its id, or by its path: names from below the root, such as `payments/eu`; `/` is the root. */
export async function findScope({ client, owner }: Connection, given: string): Promise<Scope> {
  if (isId(given)) return await client.call('GetScope', { params: { id: given } })
  const path = given.replace(/^\/|\/$/g, '')
  const query = path === '' ? { kind: 'organization' as const } : { path }
  const { items } = await client.call('ListScopes', { query: { ...owner, ...query, limit: 2 } })
  const [scope, another] = items
  if (another) throw CliError.usage('Several organizations have this scope: give --organization.')
  if (!scope) throw CliError.usage(`There is no scope ${given}, or this token may not see it.`)
  return scope
}

function readUrl(url: string | undefined): string {
  if (url === undefined) {
    throw CliError.usage('Where is the API? Set AGYN_API_URL, or give --api-url.')
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw CliError.usage('The address of the API must be a URL, such as http://127.0.0.1:8080.')
  }
  return url
}

/** Never an argument: those of a process are shown to everybody on the machine. */
function readToken(given: string | undefined, file: string | undefined): string {
  const token = file === undefined ? given : readTokenFile(file)
  if (token === undefined || token === '') {
    throw CliError.usage('Who asks? Set AGYN_API_TOKEN, or name a file with --token-file.')
  }
  // A header would refuse it with a message that quotes it.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw CliError.usage(
      'The token has characters that no token has. Was it copied as a whole, and alone?',
    )
  }
  return token
}

function readTokenFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw CliError.usage(`The token file ${file} cannot be read (${code}).`)
  }
}

async function organizationId(client: Client, given: string): Promise<string> {
  if (isId(given)) return given
  const { items } = await client.call('ListOrganizations', { query: { name: given } })
  const [organization] = items
  if (organization) return organization.id
  throw CliError.usage(`There is no organization ${given}, or this token may not see it.`)
}

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
