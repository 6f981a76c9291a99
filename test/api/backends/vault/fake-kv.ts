/** What a request to a key-value engine is answered; no body stands for 204. */
export type Answered = readonly [status: number, body?: string]

export interface KvRequest {
  readonly method: string
  /** Of the API, after `/v1/`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
  readonly mount: string
  readonly kvVersion: 1 | 2
}

/** What the engines of a Vault hold, by the API's path to the data, and what they answer. */
export class FakeKv {
  readonly #entries = new Map<string, Entry>()
  #deletions = 0
  #refusesNotes = false

  /** Adds a version to a secret of version 2, or replaces one of version 1. Answers its number. */
  put(path: string, json: string): number {
    return this.#entry(path).versions.push({ json, state: 'there', deletedAt: '' })
  }

  change(path: string, version: number, state: Version['state']): void {
    const found = this.#entries.get(path)?.versions[version - 1]
    if (!found || found.state === 'destroyed' || found.state === state) return
    found.state = state
    // Each deletion is a minute after the one before; of versions deleted at once, some nanoseconds.
    found.deletedAt = state === 'deleted' ? deletionTime(this.#deletions, version) : ''
  }

  /** The JSON text of the current version, unless it is deleted. */
  get(path: string): string | null {
    const current = this.#entries.get(path)?.versions.at(-1)
    return current?.state === 'there' ? current.json : null
  }

  /** Replaces the custom metadata of a secret, which need not have a version. */
  note(path: string, custom: Readonly<Record<string, string>>): void {
    this.#entry(path).custom = Object.keys(custom).length === 0 ? null : custom
  }

  /** From now on custom metadata may be read alone. */
  refuseNotes(): void {
    this.#refusesNotes = true
  }

  customMetadata(path: string): Readonly<Record<string, string>> | null {
    return this.#entries.get(path)?.custom ?? null
  }

  requireCas(path: string): void {
    const entry = this.#entries.get(path)
    if (entry) entry.casRequired = true
  }

  answer(request: KvRequest): Answered {
    return request.kvVersion === 1 ? this.#answerKv1(request) : this.#answerKv2(request)
  }

  #entry(path: string): Entry {
    const entry = this.#entries.get(path) ?? { versions: [], custom: null, casRequired: false }
    this.#entries.set(path, entry)
    return entry
  }

  #answerKv1({ method, path, query, body }: KvRequest): Answered {
    if (query.has('list')) return this.#list(path)
    if (method === 'GET') {
      const json = this.get(path)
      if (json === null) return [404, noErrors]
      return [200, `{"request_id":"r","lease_duration":2764800,"data":${json},"warnings":null}`]
    }
    if (method === 'POST' && body === '{}') return [400, '{"errors":["missing data fields"]}']
    this.#entries.delete(path)
    if (method === 'POST') this.put(path, body)
    return [204]
  }

  #answerKv2(request: KvRequest): Answered {
    const { method, path, mount, query } = request
    const [, area = '', name = ''] =
      /^(data|metadata|delete|undelete)\/(.+)$/.exec(path.slice(mount.length + 1)) ?? []
    const data = `${mount}/data/${name}`
    if (query.has('list')) return this.#list(path.replace(`${mount}/metadata`, `${mount}/data`))
    const entry = this.#entries.get(data)
    switch (`${method} ${area}`) {
      case 'GET data':
        return readVersion(entry?.versions, query.get('version'))
      case 'POST data':
        return this.#write(data, entry, request.body)
      case 'GET metadata':
        return entry ? [200, JSON.stringify({ data: metadataOf(entry) })] : [404, noErrors]
      case 'POST metadata':
        if (this.#refusesNotes) return [403, '{"errors":["1 error occurred"]}']
        this.note(data, readCustom(request.body) ?? this.customMetadata(data) ?? {})
        return [204]
      case 'DELETE metadata':
        this.#entries.delete(data)
        return [204]
      case 'POST delete':
      case 'POST undelete':
        this.#deletions += 1
        for (const number of (JSON.parse(request.body) as { versions: number[] }).versions) {
          this.change(data, number, area === 'delete' ? 'deleted' : 'there')
        }
        return [204]
      default:
        return [
          404,
          '{"errors":[],"data":null,"warnings":["Invalid path for a versioned K/V secrets engine."]}',
        ]
    }
  }

  #write(path: string, entry: Entry | undefined, body: string): Answered {
    const { data, options } = JSON.parse(body) as { data?: object; options?: { cas?: number } }
    if (!data) return [400, '{"errors":["no data provided"]}']
    const current = entry?.versions.length ?? 0
    if (options?.cas !== undefined && options.cas !== current) {
      return [400, '{"errors":["check-and-set parameter did not match the current version"]}']
    }
    if (options?.cas === undefined && entry?.casRequired) {
      return [400, '{"errors":["check-and-set parameter required for this call"]}']
    }
    const version = this.put(path, JSON.stringify(data))
    return [
      200,
      `{"request_id":"r","data":{"deletion_time":"","destroyed":false,"version":${version}}}`,
    ]
  }

  #list(folder: string): Answered {
    const start = `${folder.replace(/\/$/, '')}/`
    const below = [...this.#entries.keys()].filter((path) => path.startsWith(start))
    const keys = new Set(below.map((path) => path.slice(start.length).replace(/\/.*$/, '/')))
    if (keys.size === 0) return [404, noErrors]
    return [200, JSON.stringify({ data: { keys: [...keys].sort() } })]
  }
}

interface Entry {
  readonly versions: Version[]
  custom: Readonly<Record<string, string>> | null
  casRequired: boolean
}

interface Version {
  readonly json: string
  state: 'there' | 'deleted' | 'destroyed'
  deletedAt: string
}

const noErrors = '{"errors":[]}'

const deletionTime = (deletions: number, version: number): string =>
  `2026-02-03T04:${String(5 + deletions).padStart(2, '0')}:06.54652${version}548Z`

const readCustom = (body: string): Entry['custom'] | undefined =>
  (JSON.parse(body) as { custom_metadata?: Entry['custom'] }).custom_metadata

const metadataOf = ({ versions, custom, casRequired }: Entry): object => ({
  cas_required: casRequired,
  current_version: versions.length,
  custom_metadata: custom,
  versions: Object.fromEntries(
    versions.map(({ state, deletedAt }, at) => [
      at + 1,
      { deletion_time: deletedAt, destroyed: state === 'destroyed' },
    ]),
  ),
})

function readVersion(versions: readonly Version[] = [], asked: string | null): Answered {
  const number = asked === null || asked === '0' ? versions.length : Number(asked)
  const version = versions[number - 1]
  if (!version) return [404, noErrors]
  const metadata = JSON.stringify({
    created_time: '2026-01-02T03:04:05.630565797Z',
    custom_metadata: null,
    deletion_time: version.deletedAt,
    destroyed: version.state === 'destroyed',
    version: number,
  })
  const data = version.state === 'there' ? version.json : 'null'
  const status = version.state === 'there' ? 200 : 404
  const body = `{"request_id":"r","data":{"data":${data},"metadata":${metadata}},"warnings":null}`
  return [status, body]
}
