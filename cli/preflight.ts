import { Option, type Command } from 'commander'
import { consumerKinds, type ConsumerKind } from '../contract/consumer-kinds.ts'
import { envNameComplaint } from '../contract/env-name.ts'
import type { Answer, Call } from '../contract/schemas/index.ts'
import { CliError, type ExitCode } from './cli-error.ts'
import { connect, findScope, type Connection } from './connection.ts'
import type { CommandContext, GlobalOptions } from './command-context.ts'
import type { Shell } from './shell.ts'
import { printable, table } from './table.ts'

interface Options extends GlobalOptions {
  readonly scope?: readonly string[]
  readonly ref?: readonly string[]
  readonly requireEnvs?: true
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
        'a secret that the brief needs, and its variable after the last =; all that apply when left out',
      ),
    )
    .option('--require-envs', 'answer no, too, when one of them has no envs at all')
    .addHelpText(
      'after',
      '\nConsumers, --scope and --ref may be given several times.\nExits with 1 when one of them would not start.',
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
  const secretRefs = refs.map(toSecretRef)
  const connection = await connect(shell, options)
  const answers: Preflight[] = []
  for (const consumer of consumers) answers.push(await ofConsumer(connection, consumer))
  for (const scope of scopes) answers.push(await ofScope(connection, scope, secretRefs))
  if (options.json) shell.out(`${JSON.stringify(answers, null, 2)}\n`)
  else for (const answer of answers) show(shell, answer)
  const isFine = ({ ok, warning }: Preflight) => ok && !(options.requireEnvs && warning)
  return answers.every(isFine) ? 0 : 1
}

type Consumer = Call<'PreflightWorkload'>['body']['consumer']

/** An answer, and what it is about. */
type Preflight = ({ readonly consumer: Consumer } | { readonly scope: string }) &
  Answer<'PreflightWorkload'> & {
    /** Said of who would start with no env at all. */
    readonly warning?: string
  }

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
  const answer = await client.call('PreflightWorkload', { body: { ...owner, consumer } })
  const warning = 'it has no envs at all: is its id spelt right?'
  return { consumer, ...answer, ...(answer.items.length === 0 ? { warning } : {}) }
}

async function ofScope(
  connection: Connection,
  scope: string,
  refs: readonly SecretRef[],
): Promise<Preflight> {
  const { id: scopeId, organizationId } = await findScope(connection, scope)
  const secretRefs = refs.length === 0 ? {} : { secretRefs: [...refs] }
  const body = { organizationId, scopeId, ...secretRefs }
  const answer = await connection.client.call('PreflightBrief', { body })
  const warning = 'no secret applies there.'
  return { scope, ...answer, ...(answer.items.length === 0 ? { warning } : {}) }
}

type SecretRef = string | { readonly name: string; readonly env: string }

/** A name may have `=` in it, and a variable may not: the last one separates. */
function toSecretRef(ref: string): SecretRef {
  const at = ref.lastIndexOf('=')
  const [name, env] = at === -1 ? [ref] : [ref.slice(0, at), ref.slice(at + 1)]
  const refuse = (what: string) =>
    CliError.usage(
      `--ref ${printable(ref)}: ${what} It is written NAME or NAME=ENV; the last = separates.`,
    )
  if (name === '') throw refuse('The name is missing.')
  if (env === undefined) return ref
  if (env === '') throw refuse('The variable after the = is missing.')
  const complaint = envNameComplaint(env)
  if (complaint !== undefined) {
    throw refuse(`${printable(env)} cannot be a variable. ${complaint}`)
  }
  return { name, env }
}

function show(shell: Shell, preflight: Preflight): void {
  const { items, warning } = preflight
  const who =
    'consumer' in preflight
      ? `${preflight.consumer.kind.replaceAll('_', ' ')} ${preflight.consumer.id}`
      : `brief of ${preflight.scope}`
  shell.out(`${printable(who)}: ${verdictOf(preflight)}\n`)
  if (warning !== undefined) {
    shell.err(`warning: ${printable(who)}: ${warning}\n`)
    return
  }
  const head = ['ENV', 'SECRET', 'WHERE', 'RESULT', 'VERSION', 'MS']
  shell.out(table([head, ...items.map(cells)]))
  for (const item of items) if (!item.ok) shell.out(explanation(item))
}

function verdictOf(preflight: Preflight): string {
  const isConsumer = 'consumer' in preflight
  if (preflight.items.length === 0) return isConsumer ? 'no envs' : 'no secrets'
  return `would ${preflight.ok ? '' : 'not '}${isConsumer ? 'start' : 'resolve'}`
}

type Item = Preflight['items'][number]

const cells = (item: Item): string[] => [
  item.env ?? '',
  secretOf(item),
  whereOf(item),
  item.ok ? 'ok' : (item.code ?? 'failed'),
  item.version ?? '',
  item.latencyMs === undefined ? '' : String(Math.round(item.latencyMs)),
]

function secretOf({ ok, secretName, secretId, secrets }: Item): string {
  const secret = secretName ?? secretId
  if (secret !== undefined || !ok) return secret ?? ''
  if (!secrets) return '(plain value)'
  return `(template) ${secrets.map((each) => each.secretName ?? '').join(', ')}`.trimEnd()
}

function whereOf({ ok, providerName, path = '', secretId }: Item): string {
  if (providerName !== undefined) return `${providerName}: ${path}`
  return ok && secretId !== undefined ? 'kept here' : ''
}

function explanation(item: Item): string {
  const { detail = '', availableKeys = [], nearest = [] } = item
  const lines = [
    `${item.env ?? item.secretName ?? item.secretId ?? 'secret'}: ${detail}`,
    ...unlessSaid(detail, 'keys that are there', availableKeys),
    ...unlessSaid(detail, 'names that look like it', nearest),
  ]
  return lines.map((line) => `${printable(line)}\n`).join('')
}

function unlessSaid(detail: string, what: string, names: readonly string[]): string[] {
  const list = names.join(', ')
  return names.length === 0 || detail.includes(list) ? [] : [`  ${what}: ${list}`]
}
