/**
 * What is wrong with a path in one kind of store; undefined when nothing is. Known without contacting
 * the store, and without zod, because constructs refer to paths too. What only the config of a provider
 * tells, such as the region that an ARN must have, its backend looks at.
 */
export const storePathComplaint = (type: StoreType, path: string): PathComplaint | undefined =>
  complaints[type](path)

/** A sentence, and what to write instead when that does not go without saying. */
export interface PathComplaint {
  readonly message: string
  readonly hint?: string
}

/** Kinds of store; those of the provider types. */
export type StoreType = keyof typeof complaints

const complaints = {
  vault: vaultComplaint,
  'aws-sm': awsComplaint,
  'azure-kv': azureComplaint,
  'gcp-sm': gcpComplaint,
}

/** Characters that the name of a secret has at most, in the stores without folders. */
export const longestName = { 'aws-sm': 512, 'azure-kv': 127, 'gcp-sm': 255 } as const

/**
 * Vault takes whatever could not mean another place once it is part of a URL. Paths are written plainly:
 * `%`-encoding is ours to do.
 */
function vaultComplaint(path: string): PathComplaint | undefined {
  const why = vaultTrouble(path)
  if (why === undefined) return undefined
  return { message: `The path ${why}.`, hint: 'Write it as mount/path, such as secret/my-app/key.' }
}

function vaultTrouble(path: string): string | undefined {
  if (path.length > LONGEST_VAULT_PATH) return `is longer than ${LONGEST_VAULT_PATH} characters`
  const segments = path.split('/')
  for (const segment of segments) {
    const trouble = vaultTroubles.find(({ pattern }) => pattern.test(segment))
    if (trouble) return trouble.why
  }
  const [first = ''] = segments
  return reservedInVault.has(first)
    ? `begins with ${first}/, where Vault keeps no secrets of its users`
    : undefined
}

const LONGEST_VAULT_PATH = 1024

const vaultTroubles = [
  { pattern: /^$/, why: 'has an empty part: a slash at its start or end, or two in a row' },
  { pattern: /^\.{1,2}$/, why: 'has a relative part, one dot or two' },
  { pattern: /[\p{Cc}\p{Zl}\p{Zp}]/u, why: 'holds a control character' },
  { pattern: /\p{Surrogate}/u, why: 'holds half of a character' },
  { pattern: /[\\?#]/, why: 'holds one of \\ ? #' },
  { pattern: /%[\da-f]{2}/i, why: 'is percent-encoded' },
]

// Vault keeps these for itself; `auth/token/lookup-self` would even hand out the provider's token.
const reservedInVault: ReadonlySet<string> = new Set(['sys', 'auth', 'identity'])

/** AWS takes the name of a secret, or its ARN. */
function awsComplaint(path: string): PathComplaint | undefined {
  if (!path.startsWith('arn:')) return awsNameComplaint(path, longestName['aws-sm'])
  const [, , service, region, , , name = '', ...more] = path.split(':')
  if (service !== 'secretsmanager') {
    return { message: 'This ARN belongs to another service than Secrets Manager.' }
  }
  if (!/^arn:aws[a-z-]*:secretsmanager:[^:]+:\d{12}:secret(:|$)/.test(path)) {
    return {
      message: 'This ARN is not one of a secret.',
      hint: `Write it as arn:aws:secretsmanager:${region || 'eu-west-1'}:123456789012:secret:name, or give the name alone.`,
    }
  }
  if (more.length > 0) {
    return {
      message: 'This ARN goes on after the name of the secret.',
      hint: 'Give a key or a version of it in the fields of their own.',
    }
  }
  return awsNameComplaint(name, longestName['aws-sm'] + ARN_SUFFIX)
}

/** An ARN ends with a hyphen and six characters of its own. */
const ARN_SUFFIX = 7

function awsNameComplaint(name: string, longest: number): PathComplaint | undefined {
  if (name === '' || name.length > longest) {
    return { message: `The name of a secret has 1 to ${longestName['aws-sm']} characters.` }
  }
  if (!/^[A-Za-z0-9/_+=.@-]+$/.test(name)) {
    return { message: 'The name of a secret has letters, digits and /_+=.@- only.' }
  }
  return undefined
}

function azureComplaint(path: string): PathComplaint | undefined {
  const longest = longestName['azure-kv']
  if (/^[0-9A-Za-z-]+$/.test(path) && path.length <= longest) return undefined
  return {
    message: `Azure Key Vault names secrets with letters, digits and dashes, ${longest} at most.`,
  }
}

/** Google Cloud takes the name of a secret, or the full name of it or of one of its versions. */
function gcpComplaint(path: string): PathComplaint | undefined {
  if (gcpName.test(path) || gcpFullName.test(path)) return undefined
  return {
    message: path.includes('/')
      ? 'The path is not the full name of a secret.'
      : `The name is not one of Google Cloud: letters, digits, - and _, at most ${longestName['gcp-sm']} of them.`,
    hint: 'Write db-password, or projects/my-project/secrets/db-password/versions/3.',
  }
}

/** What a secret is called in its project of Google Cloud. */
export const gcpName = new RegExp(`^[\\w-]{1,${longestName['gcp-sm']}}$`)

/** What Google Cloud takes for a version: a number, `latest`, or an alias. */
export const gcpVersion = /^(?:[1-9]\d{0,17}|[A-Za-z][\w-]{0,62})$/

/** The groups are the secret and, where it is named, the version. */
export const gcpFullName = new RegExp(
  [
    '^(?<secret>projects/[a-z0-9][a-z0-9:.-]{0,100}(?:/locations/[a-z0-9-]{1,60})?',
    `/secrets/${inner(gcpName)})(?:/versions/(?<version>${inner(gcpVersion)}))?$`,
  ].join(''),
)

/** A pattern of a whole text as part of another. */
function inner(pattern: RegExp): string {
  return pattern.source.slice(1, -1)
}
