import { Option, type Command } from 'commander'
import { ApiError } from '../contract/client.ts'
import type { Answer } from '../contract/schemas/index.ts'
import { CliError } from './cli-error.ts'
import { connect, findScope, type Connection } from './connection.ts'
import type { CommandContext, GlobalOptions } from './command-context.ts'
import { printable, table } from './table.ts'

interface Options extends GlobalOptions {
  readonly scope: string
}

/** `agyn-secrets explain`: which secret each name means in a scope, and why. */
export function addExplain(program: Command, { shell, exitWith }: CommandContext): void {
  program
    .command('explain')
    .description(
      'Show which secret each name means in a scope, and which ones it was preferred to.',
    )
    .argument('[name]', 'only this name')
    .addOption(
      new Option(
        '--scope <path or id>',
        'where (required): payments/eu, or / for the root',
      ).makeOptionMandatory(),
    )
    .action(async (name: string | undefined, _, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      const connection = await connect(shell, options)
      const scope = await findScope(connection, options.scope)
      const secrets = await effectiveSecrets(connection, scope.id, name)
      if (options.json) shell.out(`${JSON.stringify(secrets, null, 2)}\n`)
      else if (secrets.length > 0) shell.out(await asTable(connection, secrets))
      if (secrets.length > 0 || name === undefined) {
        if (secrets.length === 0) shell.err('No secret applies there.\n')
        return exitWith(0)
      }
      const near = await nearNames(connection, scope, name)
      const hint = near.length > 0 ? ` Near it: ${near.map(printable).join(', ')}.` : ''
      throw CliError.no(`No secret of this name applies there.${hint}`)
    })
}

type Effective = Answer<'ExplainScope'>['items'][number]

async function effectiveSecrets(
  { client }: Connection,
  id: string,
  name: string | undefined,
): Promise<Effective[]> {
  const secrets: Effective[] = []
  let cursor: string | null | undefined
  do {
    const query = {
      limit: 200,
      ...(name === undefined ? {} : { name }),
      ...(cursor ? { cursor } : {}),
    }
    const page = await client.call('ExplainScope', { params: { id }, query })
    secrets.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return secrets
}

/** Asks as a brief would, since the API says there what looks like a name that is missing. */
async function nearNames(
  { client }: Connection,
  { id: scopeId, organizationId }: Answer<'GetScope'>,
  name: string,
): Promise<readonly string[]> {
  try {
    const body = { organizationId, scopeId, secretRefs: [name] }
    const { items } = await client.call('PreflightBrief', { body })
    return items.flatMap(({ nearest = [] }) => nearest)
  } catch (error) {
    if (error instanceof ApiError) return [] // such as for what can be no name
    throw error
  }
}

async function asTable({ client }: Connection, secrets: readonly Effective[]): Promise<string> {
  // Four at most: the scope and those above it.
  const ids = new Set(
    secrets.flatMap((secret) => [secret, ...secret.passedOver]).map(({ scopeId }) => scopeId),
  )
  const names = new Map<string, string>()
  for (const id of ids) {
    const { kind, path } = await client.call('GetScope', { params: { id } })
    names.set(id, `${kind} ${path.length === 0 ? '/' : path.join('/')}`)
  }
  const named = ({ scopeId }: { readonly scopeId: string }) => names.get(scopeId) ?? scopeId
  return table([
    ['NAME', 'FROM', 'STORAGE', 'PREFERRED TO'],
    ...secrets.map((secret) => [
      secret.name,
      named(secret),
      secret.storage,
      secret.passedOver.map(named).join(', '),
    ]),
  ])
}
