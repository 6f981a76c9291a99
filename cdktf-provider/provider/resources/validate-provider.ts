import {
  isUnknown,
  type Config,
  type Diagnostics,
  type Path,
  type Problem,
  type Proposed,
  type State,
} from '../../plugin/index.ts'
import { validateBody } from '../validate-body.ts'
import {
  blockOf,
  credentials,
  formsIn,
  settingsIn,
  toApi,
  twinOf,
  writeOnlyIn,
  type Form,
} from './provider-config.ts'
import { configFields, providerTypes } from '../gen/config-attributes.ts'
import type { SecretProviderAttributes as A } from './secret-provider-attributes.ts'

/** Checks the configuration of a secret provider: how it is written here, what it says by the contract. */
export async function validateProvider(
  config: Proposed<A>,
  diagnostics: Diagnostics,
): Promise<void> {
  const [form, ...others] = formsIn(config)
  for (const other of others) {
    const detail = `Give either \`${form}\` or \`${other}\`.`
    diagnostics.error({ summary: notValid, detail, path: [other] })
  }
  if (form === undefined) {
    const block = typeof config.type === 'string' ? blockOf(config.type) : 'vault'
    const detail = `Give its settings: \`config = { ... }\`, or the block \`${block} { ... }\`, in which Terraform finds misspelt arguments.`
    diagnostics.error({ summary: notValid, detail, path: ['config'] })
  }
  if (form === undefined || others.length > 0) return
  const isKnown = (providerTypes as readonly unknown[]).includes(config.type)
  if (form !== 'config' && isKnown && blockOf(String(config.type)) !== form) {
    const detail = `The block \`${form}\` is for another type than \`${String(config.type)}\`: write \`${blockOf(String(config.type))} { ... }\`, or the other type.`
    diagnostics.error({ summary: notValid, detail, path: [form] })
    return
  }
  if (!isUnknown(config[form])) checkTwins(config, form, diagnostics)
  await checkBody(
    config,
    diagnostics,
    hasCredentials(config) ? 'everything' : 'all but credentials',
  )
}

// An imported provider has its credentials, and a configuration made from it can name none of them.
const hasCredentials = (config: Proposed<A> | Config<A>): boolean =>
  Object.keys(writeOnlyIn(config)).length > 0 ||
  credentials.some((attribute) => settingsIn(config)[attribute] !== null)

/** Checks that credentials are given, for this plan needs them, and says why it does. */
export async function requireCredentials(
  prior: State<A> | null,
  config: Proposed<A>,
  diagnostics: Diagnostics,
): Promise<void> {
  const wanted = wantedCredentials(prior, config)
  if (wanted) {
    // What somebody else has changed is shown by a pipeline that has no credentials as well.
    if (prior === null || prior.config_wo_version !== null) diagnostics.error(wanted)
    else diagnostics.warn(wanted)
    return
  }
  const explaining = {
    warn: (problem: Problem) => diagnostics.warn(problem),
    error: ({ summary, detail = '', path = [] }: Problem) =>
      diagnostics.error({
        summary,
        detail: `${detail} ${prior === null ? '' : 'Credentials belong to an address and a way to log in: those that are kept are never sent elsewhere. '}Better than in the state, it is given by its write-only twin, whose name ends with \`_wo\`.`,
        path,
      }),
  }
  await checkBody(config, explaining, 'credentials')
}

/** What is missing when credentials have to be sent and the configuration says none this time. */
export function wantedCredentials(
  prior: State<A> | null,
  config: Proposed<A> | Config<A>,
): Problem | null {
  const [form = 'config'] = formsIn(config)
  const isSaid = isUnknown(config[form]) || hasCredentials(config)
  if (config.config_wo_version === null || isSaid) return null
  return {
    summary: 'The credentials of the secret provider are wanted.',
    detail: `Give the write-only credentials of \`${form}\`, for the apply sends them: ${whyDue(prior, config)}. They may be left out while \`config_wo_version\`, the address and the credentials stay.`,
    path: ['config_wo_version'],
  }
}

const whyDue = (prior: State<A> | null, config: Proposed<A> | Config<A>): string => {
  if (prior === null) return 'the secret provider is new'
  if (prior.config_wo_version === null) {
    return 'those that are kept are not known to be the ones that were applied'
  }
  return prior.config_wo_version === config.config_wo_version
    ? 'credentials that are kept never go to another address'
    : 'the version changes'
}

async function checkBody(
  config: Proposed<A>,
  diagnostics: Diagnostics,
  told: 'everything' | 'credentials' | 'all but credentials',
): Promise<void> {
  const { organization_id: organizationId, name, type, description, allow_browse } = config
  const [form = 'config'] = formsIn(config)
  const twins = writeOnlyIn(config)
  const pathOf = (path: Path): Path => {
    if (path[0] !== 'config') return path
    const [, field, ...rest] = path
    if (field === undefined) return [form]
    return [form, String(field) in twins ? twinOf(String(field)) : field, ...rest]
  }
  await validateBody(
    'CreateSecretProvider',
    { organizationId, name, type, description, allowBrowse: allow_browse, config: toApi(config) },
    diagnostics,
    {
      summary: notValid,
      pathOf,
      only: ({ path, code }) =>
        told === 'everything' ||
        (code === 'required' && isCredential(path)) === (told === 'credentials'),
    },
  )
}

const isCredential = ([member, key]: readonly (string | number | symbol)[]): boolean =>
  member === 'config' && credentials.some((attribute) => configFields[attribute].key === key)

/** A credential and its write-only twin exclude each other, and the twin needs a version. */
function checkTwins(config: Proposed<A>, form: Form, diagnostics: Diagnostics): void {
  const fields = config[form] as Readonly<Record<string, unknown>>
  const twins = Object.keys(writeOnlyIn(config))
  for (const attribute of twins) {
    if (fields[attribute] === null) continue
    const detail = `Give either \`${form}.${attribute}\` or \`${form}.${twinOf(attribute)}\`.`
    diagnostics.error({ summary: notValid, detail, path: [form] })
  }
  const [first] = twins
  if (first === undefined || config.config_wo_version !== null) return
  diagnostics.error({
    summary: notValid,
    detail: `\`${form}.${twinOf(first)}\` needs \`config_wo_version\` beside \`${form}\`, such as 1. Terraform cannot see when a write-only value changes: raise the version to send it again.`,
    path: [form],
  })
}

const notValid = 'The secret provider is not valid.'
