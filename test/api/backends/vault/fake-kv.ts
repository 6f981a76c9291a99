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

  /** Adds a version to a secret of version 2, or replaces one of version 1. Answers its number. */
  put(path: string, json: string): number {
    const entry = this.#entries.get(path) ?? { versions: [], custom: null, casRequired: false }
    this.#entries.set(path, entry)
    return entry.versions.push({ json, state: 'there' })
  }

  change(path: string, version: number, state: Version['state']): void {
    const found = this.#entries.get(path)?.versions[version - 1]
    if (found && found.state !== 'destroyed') found.state = state
  }

  /** The JSON text of the current version, unless it is deleted. */
  get(path: string): string | null {
    const current = this.#entries.get(path)?.versions.at(-1)
    return current?.state === 'there' ? current.json : null
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

  #answerKv1({ method, path, query, body }: KvRequest): Answered {
    if (query.has('list')) return this.#list(path)
    if (method === 'GET') {
      const json = this.get(path)
      if (json === null) return [404, noErrors]
      return [200, `{"request_id":"r","lease_duration":2764800,"data":${json},"warnings":null}`]
    }
    this.#entries.delete(path)
    if (method === 'POST') this.put(path, body)
    return [204]
  }

  #answerKv2(request: KvRequest): Answered {
    const { method, path, mount, query } = request
    const [, area = '', name = ''] =
      /^(data|metadata|undelete)\/(.+)$/.exec(path.slice(mount.length + 1)) ?? []
    const data = `${mount}/data/${name}`
    if (query.has('list')) return this.#list(path.replace(`${mount}/metadata`, `${mount}/data`))
    const entry = this.#entries.get(data)
    switch (`${method} ${area}`) {
      case 'GET data':
        return readVersion(entry?.versions, query.get('version'))
      case 'POST data':
        return this.#write(data, entry, request.body)
      case 'DELETE data':
        this.change(data, entry?.versions.length ?? 0, 'deleted')
        return [204]
      case 'GET metadata':
        return entry ? [200, JSON.stringify({ data: metadataOf(entry) })] : [404, noErrors]
      case 'POST metadata':
        Object.assign(entry ?? {}, { custom: readCustom(request.body) })
        return [204]
      case 'DELETE metadata':
        this.#entries.delete(data)
        return [204]
      case 'POST undelete':
        for (const number of (JSON.parse(request.body) as { versions: number[] }).versions) {
          this.change(data, number, 'there')
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
    const { data, options } = JSON.parse(body) as { data: object; options?: { cas?: number } }
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
}

const noErrors = '{"errors":[]}'

const readCustom = (body: string): unknown =>
  (JSON.parse(body) as { custom_metadata: unknown }).custom_metadata

const metadataOf = ({ versions, custom, casRequired }: Entry): object => ({
  cas_required: casRequired,
  current_version: versions.length,
  custom_metadata: custom,
})

function readVersion(versions: readonly Version[] = [], asked: string | null): Answered {
  const number = asked === null || asked === '0' ? versions.length : Number(asked)
  const version = versions[number - 1]
  if (!version) return [404, noErrors]
  const metadata = JSON.stringify({
    created_time: '2026-01-02T03:04:05.630565797Z',
    custom_metadata: null,
    deletion_time: version.state === 'deleted' ? '2026-02-03T04:05:06.546528548Z' : '',
    destroyed: version.state === 'destroyed',
    version: number,
  })
  const data = version.state === 'there' ? version.json : 'null'
  const status = version.state === 'there' ? 200 : 404
  const body = `{"request_id":"r","data":{"data":${data},"metadata":${metadata}},"warnings":null}`
  return [status, body]
}
