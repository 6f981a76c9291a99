import { crc32c } from '../../../../api/backends/gcp-sm/crc32c.ts'

/** What Secret Manager does, in the spelling of its REST API: proto3's JSON, with the numbers of enumerations. */
export class FakeSecretManager {
  readonly secrets = new Map<string, FakeSecret>()
  /** Answered without a checksum, or with one that is wrong. */
  checksum: (value: number) => string | undefined = String
  /** What the caller may do to a secret that he asks about. */
  permissions: readonly string[] = ['secretmanager.versions.access', 'secretmanager.versions.add']
  mayList = true

  /** Stores a version as somebody else would; answers its number. */
  put(id: string, data: Buffer, labels: Record<string, string> = {}): number {
    const secret = this.secrets.get(id) ?? newSecret(labels)
    this.secrets.set(id, secret)
    return secret.versions.push({ data, state: states.enabled })
  }

  answer(method: string, url: URL, body: Json): Answer {
    const path = decodeURIComponent(url.pathname)
    for (const [verb, pattern, handle] of this.#routes) {
      const found = verb === method ? pattern.exec(path) : null
      if (!found) continue
      const names = { id: url.searchParams.get('secretId') ?? '', version: '', ...found.groups }
      if (names.id.startsWith('forbidden')) return denied
      return handle(names, body, url.searchParams)
    }
    return refusal(404, 'NOT_FOUND', 'Method not found.')
  }

  readonly #routes: readonly Route[] = [
    ['GET', of('/versions/(?<version>[^/:]+):access'), (names) => this.#access(names)],
    [
      'POST',
      of('/versions/(?<version>[^/:]+):enable'),
      (names) => this.#set(names, states.enabled),
    ],
    [
      'POST',
      of('/versions/(?<version>[^/:]+):disable'),
      (names) => this.#set(names, states.disabled),
    ],
    ['GET', of('/versions'), (names, _, query) => this.#listVersions(names, query)],
    ['POST', of(':addVersion'), (names, body) => this.#addVersion(names, body)],
    ['POST', of(':testIamPermissions'), () => ok({ permissions: this.permissions })],
    ['GET', of(''), ({ id }) => this.#with(id, (secret) => ok(shown(id, secret)))],
    ['PATCH', of(''), ({ id }, body) => this.#with(id, (secret) => this.#update(id, secret, body))],
    ['DELETE', of(''), ({ id }) => this.#with(id, () => ok(this.secrets.delete(id) && {}))],
    ['POST', /^\/v1\/projects\/[^/]+\/secrets$/, ({ id }, body) => this.#create(id, body)],
    ['GET', /^\/v1\/projects\/[^/]+\/secrets$/, (_, __, query) => this.#list(query)],
  ]

  #with(id: string, use: (secret: FakeSecret) => Answer): Answer {
    const secret = this.secrets.get(id)
    if (secret) return use(secret)
    return refusal(404, 'NOT_FOUND', `Secret [${nameOf(id)}] not found or has no versions.`)
  }

  #version({ id, version }: Names, use: (found: FakeVersion, number: number) => Answer): Answer {
    return this.#with(id, ({ versions, aliases }) => {
      const number = version === 'latest' ? versions.length : Number(aliases[version] ?? version)
      if (Number.isNaN(number)) return refusal(400, 'INVALID_ARGUMENT', 'Not an alias.')
      const found = versions[number - 1]
      if (found) return use(found, number)
      return refusal(404, 'NOT_FOUND', `Secret Version [${nameOf(id, version)}] not found.`)
    })
  }

  #access(names: Names): Answer {
    return this.#version(names, ({ state, data }, number) => {
      const name = nameOf(names.id, number)
      if (state !== states.enabled) {
        const spelt = state === states.disabled ? 'DISABLED' : 'DESTROYED'
        return refusal(400, 'FAILED_PRECONDITION', `Secret Version [${name}] is in ${spelt} state.`)
      }
      const dataCrc32c = this.checksum(crc32c(data))
      return ok({ name, payload: { data: data.toString('base64'), dataCrc32c } })
    })
  }

  #set(names: Names, state: number): Answer {
    return this.#version(names, (version, number) => {
      if (version.state === states.destroyed) {
        return refusal(400, 'FAILED_PRECONDITION', 'Secret Version is in DESTROYED state.')
      }
      version.state = state
      return ok({ name: nameOf(names.id, number), state })
    })
  }

  #listVersions({ id }: Names, query: URLSearchParams): Answer {
    return this.#with(id, ({ versions }) => {
      const all = versions.map(({ state }, at) => ({ name: nameOf(id, at + 1), state })).reverse()
      const enabledOnly = query.get('filter') === 'state:ENABLED'
      const { items, nextPageToken } = pageOf(
        all.filter(({ state }) => !enabledOnly || state === states.enabled),
        query,
      )
      return ok({ versions: items, nextPageToken })
    })
  }

  #addVersion({ id }: Names, { payload }: Json): Answer {
    return this.#with(id, (secret) => {
      const { data, dataCrc32c } = payload as { data?: string; dataCrc32c?: string }
      const bytes = Buffer.from(data ?? '', 'base64')
      if (bytes.length === 0) return refusal(400, 'INVALID_ARGUMENT', 'Payload cannot be empty.')
      if (dataCrc32c !== String(crc32c(bytes))) {
        return refusal(400, 'INVALID_ARGUMENT', 'The checksum does not match.')
      }
      const number = secret.versions.push({ data: bytes, state: states.enabled })
      return ok({ name: nameOf(id, number), state: states.enabled })
    })
  }

  #create(id: string, { replication, labels }: Json): Answer {
    if (this.secrets.has(id)) return refusal(409, 'ALREADY_EXISTS', `[${nameOf(id)}] exists.`)
    if (!replication) return refusal(400, 'INVALID_ARGUMENT', 'replication must be provided.')
    const secret = newSecret(labels as Record<string, string>)
    this.secrets.set(id, secret)
    return ok(shown(id, secret))
  }

  #update(id: string, secret: FakeSecret, { annotations }: Json): Answer {
    secret.annotations = annotations as Record<string, string>
    return ok(shown(id, secret))
  }

  #list(query: URLSearchParams): Answer {
    if (!this.mayList) return denied
    const part = /^name:(.*)$/.exec(query.get('filter') ?? '')?.[1] ?? ''
    const ids = [...this.secrets.keys()].sort().filter((id) => nameOf(id).includes(part))
    const { items, nextPageToken } = pageOf(ids, query)
    return ok({ secrets: items.map((id) => ({ name: nameOf(id) })), nextPageToken })
  }
}

export interface FakeSecret {
  labels: Record<string, string>
  annotations: Record<string, string>
  aliases: Record<string, number>
  createTime: string
  readonly versions: FakeVersion[]
}

interface FakeVersion {
  data: Buffer
  state: number
}

export interface Answer {
  readonly status: number
  readonly json: unknown
}

type Json = Readonly<Record<string, unknown>>
type Names = Readonly<{ id: string; version: string }>
type Route = readonly [
  method: string,
  pattern: RegExp,
  handle: (names: Names, body: Json, query: URLSearchParams) => Answer,
]

export const states = { enabled: 1, disabled: 2, destroyed: 3 } as const

export const newSecret = (labels: Record<string, string> = {}): FakeSecret => ({
  labels,
  annotations: {},
  aliases: {},
  createTime: new Date().toISOString(),
  versions: [],
})

/** In what Google answers, projects are named by their number. */
const nameOf = (id: string, version?: number | string): string =>
  `projects/123456789/secrets/${id}${version === undefined ? '' : `/versions/${version}`}`

const shown = (id: string, { labels, annotations, createTime }: FakeSecret) => ({
  name: nameOf(id),
  replication: { automatic: {} },
  ...{ labels, annotations, createTime, etag: '"15c6"' },
})

const of = (rest: string): RegExp =>
  new RegExp(`^/v1/projects/[^/]+(?:/locations/[^/]+)?/secrets/(?<id>[^/:]+)${rest}$`)

function pageOf<T>(all: readonly T[], query: URLSearchParams) {
  const from = Number(query.get('pageToken') ?? 0)
  const to = from + Number(query.get('pageSize') ?? 25_000)
  return { items: all.slice(from, to), nextPageToken: to < all.length ? String(to) : undefined }
}

const ok = (json: unknown): Answer => ({ status: 200, json })

export const refusal = (
  code: number,
  status: string,
  message: string,
  details: readonly unknown[] = [],
): Answer => ({ status: code, json: { error: { code, message, status, details } } })

const denied = refusal(403, 'PERMISSION_DENIED', 'Permission denied (or it may not exist).')
