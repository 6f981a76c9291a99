import { Option, type Command } from 'commander'
import { consumerKinds, type ConsumerKind } from '../contract/consumer-kinds.ts'
import type { Answer, Call } from '../contract/schemas/index.ts'
import { CliError, type ExitCode } from './cli-error.ts'
import { connect, findScope, type Connection } from './connection.ts'
import type { CommandContext, GlobalOptions } from './program.ts'
import type { Shell } from './shell.ts'
import { printable, table } from './table.ts'

interface Options extends GlobalOptions {
  readonly scope?: readonly string[]
  readonly ref?: readonly string[]
}

/** `agyn-secrets preflight`: would these consumers start, and these briefs resolve? */
export function addPreflight(program: Command, { shell, exitWith }: CommandContext): void {
  const command = program
    .command('preflight')
    .description(
      'Ask whether workloads would get their secrets, from the live stores and without a value.',
    )
  for (const kind of consumerKinds) {
    command.addOption(
      repeatable(`--${dashed(kind)} <id>`, `${kind.replaceAll('_', ' ')} that would start`),
    )
  }
  command
    .addOption(
      repeatable(
        '--scope <path or id>',
        'scope whose brief would be made: payments/eu, or / for the root',
      ),
    )
    .addOption(
      repeatable(
        '--ref <name[=ENV]>',
        'a secret that the brief needs; all that apply when left out',
      ),
    )
    .addHelpText(
      'after',
      '\nEvery option may be given several times. Exits with 1 when one of them would not start.',
    )
    .action(async (_, command: Command) => {
      exitWith(await preflight(shell, command.optsWithGlobals<Options>()))
    })
}

async function preflight(shell: Shell, options: Options): Promise<ExitCode> {
  const { scope: scopes = [], ref: refs = [] } = options
  const consumers = consumersOf(options)
  if (consumers.length + scopes.length === 0) {
    throw CliError.usage('Who would start? Give --agent or another consumer, or --scope.')
  }
  if (refs.length > 0 && scopes.length === 0) {
    throw CliError.usage('--ref belongs to a brief: give --scope as well.')
  }
  const connection = await connect(shell, options)
  const answers: Preflight[] = []
  for (const consumer of consumers) answers.push(await ofConsumer(connection, consumer))
  for (const scope of scopes) answers.push(await ofScope(connection, scope, refs))
  if (options.json) shell.out(`${JSON.stringify(answers, null, 2)}\n`)
  else for (const answer of answers) show(shell, answer)
  return answers.every(({ ok }) => ok) ? 0 : 1
}

type Consumer = Call<'PreflightWorkload'>['body']['consumer']

/** An answer, and what it is about. */
type Preflight = Answer<'PreflightWorkload'> &
  ({ readonly consumer: Consumer } | { readonly scope: string })

const dashed = (kind: ConsumerKind): string => kind.replaceAll('_', '-')

/** `--mcp-server` is `mcpServer` among the options. */
const optionOf = (kind: ConsumerKind): string =>
  kind.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

const repeatable = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((given: string, before: readonly string[] = []) => [
    ...before,
    given,
  ])

const consumersOf = (options: object): Consumer[] =>
  consumerKinds.flatMap((kind) => {
    const ids = (options as Readonly<Record<string, readonly string[]>>)[optionOf(kind)] ?? []
    return ids.map((id) => ({ kind, id }))
  })

async function ofConsumer({ client, owner }: Connection, consumer: Consumer): Promise<Preflight> {
  return { consumer, ...(await client.call('PreflightWorkload', { body: { ...owner, consumer } })) }
}

async function ofScope(
  connection: Connection,
  scope: string,
  refs: readonly string[],
): Promise<Preflight> {
  const { id: scopeId, organizationId } = await findScope(connection, scope)
  const secretRefs = refs.length === 0 ? {} : { secretRefs: refs.map(toSecretRef) }
  const body = { organizationId, scopeId, ...secretRefs }
  return { scope, ...(await connection.client.call('PreflightBrief', { body })) }
}

/** A name may have `=` in it, so only what looks like a variable's name after the last one is taken for that. */
function toSecretRef(ref: string): string | { name: string; env: string } {
  const [, name, env] = /^(.+)=([A-Za-z_]\w*)$/.exec(ref) ?? []
  return name !== undefined && env !== undefined ? { name, env } : ref
}

function show(shell: Shell, preflight: Preflight): void {
  const isConsumer = 'consumer' in preflight
  const { ok, items } = preflight
  const who = isConsumer
    ? `${preflight.consumer.kind.replaceAll('_', ' ')} ${preflight.consumer.id}`
    : `brief of ${preflight.scope}`
  const verdict = isConsumer
    ? ok
      ? 'would start'
      : 'would not start'
    : ok
      ? 'would resolve'
      : 'would not resolve'
  shell.out(`${printable(who)}: ${verdict}\n`)
  if (items.length === 0) {
    const hint = isConsumer
      ? 'it has no envs at all: is its id spelt right?'
      : 'no secret applies there.'
    shell.err(`warning: ${printable(who)}: ${hint}\n`)
    return
  }
  const head = ['ENV', 'SECRET', 'FROM', 'RESULT', 'VERSION', 'MS']
  shell.out(table([head, ...items.map(cells)]))
  for (const item of items) if (!item.ok) shell.out(explanation(item))
}

type Item = Preflight['items'][number]

const cells = (item: Item): string[] => [
  item.env ?? '',
  item.secretName ?? item.secretId ?? '',
  item.providerName === undefined ? '' : `${item.providerName}: ${item.path ?? ''}`,
  item.ok ? 'ok' : (item.code ?? 'failed'),
  item.version ?? '',
  item.latencyMs === undefined ? '' : String(Math.round(item.latencyMs)),
]

function explanation(item: Item): string {
  const { detail = '', availableKeys = [], nearest = [] } = item
  const lines = [
    `${item.env ?? item.secretName ?? item.secretId ?? 'secret'}: ${detail}`,
    ...(availableKeys.length > 0 ? [`  keys that are there: ${availableKeys.join(', ')}`] : []),
    ...(nearest.length > 0 ? [`  names that look like it: ${nearest.join(', ')}`] : []),
  ]
  return lines.map((line) => `${printable(line)}\n`).join('')
}
