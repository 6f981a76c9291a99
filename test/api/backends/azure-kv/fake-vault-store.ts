import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What a vault says no with. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly inner: string | undefined

  constructor(status: number, code: string, inner?: string) {
    super(code)
    this.status = status
    this.code = code
    this.inner = inner
  }
}

export interface Version {
  readonly id: string
  readonly value: string
  readonly contentType?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  /** As in the API: times are seconds since 1970. */
  attributes: {
    enabled: boolean
    created: number
    recoveryLevel: string
    exp?: number
    nbf?: number
  }
}

interface Secret {
  readonly name: string
  readonly versions: Version[]
  /** How often it is still said to be neither there nor deleted. */
  settling: number
}

type Answer = readonly [status: number, body: object | null]

/** The secrets of a vault, and its REST API without what is before it. */
export class FakeVaultStore {
  readonly living = new Map<string, Secret>()
  readonly deleted = new Map<string, Secret>()
  /** Of the vault, for the ids of what is in it. */
  address = ''
  /** Questions that a deletion or a recovery takes to be finished; none unless said otherwise. */
  settlingQuestions = 0
  recoveryLevel = 'Recoverable+Purgeable'

  /** Adds a version. */
  put(name: string, given: Omit<Version, 'id' | 'attributes'> & Partial<Version>): Version {
    const key = name.toLowerCase()
    const secret = this.living.get(key) ?? { name, versions: [], settling: 0 }
    this.living.set(key, secret)
    const { attributes, ...rest } = given
    const version = {
      id: randomBytes(16).toString('hex'),
      ...rest,
      attributes: {
        enabled: true,
        created: 1_767_323_045 + secret.versions.length,
        recoveryLevel: this.recoveryLevel,
        ...attributes,
      },
    }
    secret.versions.push(version)
    return version
  }

  latest = (name: string): Version | undefined =>
    this.living.get(name.toLowerCase())?.versions.at(-1)

  answer({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>, text: string): Answer {
    const { pathname, searchParams } = new URL(url, 'https://vault')
    const [, kind, name = '', rest = ''] = pathname.split('/')
    if (name.toLowerCase().startsWith('forbidden')) {
      throw new Refusal(403, 'Forbidden', 'ForbiddenByRbac')
    }
    switch (`${method} ${kind}${name && '/name'}${rest === 'recover' ? '/recover' : ''}`) {
      case 'GET secrets':
        return [200, this.#list(searchParams)]
      case 'GET secrets/name':
        return [200, rest === 'versions' ? this.#versions(name) : this.#get(name, rest)]
      case 'PUT secrets/name':
        return [200, this.#set(name, JSON.parse(text) as Given)]
      case 'DELETE secrets/name':
        return [200, this.#delete(name)]
      case 'GET deletedsecrets/name':
        return [200, this.#describeDeleted(settled(this.#find(this.deleted, name)))]
      case 'DELETE deletedsecrets/name':
        this.#find(this.deleted, name)
        this.deleted.delete(name.toLowerCase())
        return [204, null]
      case 'POST deletedsecrets/name/recover':
        return [200, this.#recover(name)]
      default:
        throw new Refusal(400, 'BadParameter')
    }
  }

  #get(name: string, id: string): object {
    const secret = settled(this.#find(this.living, name))
    const version = id === '' ? secret.versions.at(-1) : secret.versions.find((v) => v.id === id)
    if (!version) throw new Refusal(404, 'SecretNotFound')
    if (!version.attributes.enabled) throw new Refusal(403, 'Forbidden', 'SecretDisabled')
    return this.#bundle(secret, version)
  }

  #set(name: string, { value, contentType, tags }: Given): object {
    if (this.deleted.has(name.toLowerCase())) {
      throw new Refusal(409, 'Conflict', 'ObjectIsDeletedButRecoverable')
    }
    if (value.length > 25_600) throw new Refusal(400, 'BadParameter')
    const version = this.put(name, { value, contentType, tags })
    return this.#bundle(this.#find(this.living, name), version)
  }

  #delete(name: string): object {
    const secret = this.#find(this.living, name)
    this.living.delete(name.toLowerCase())
    this.deleted.set(name.toLowerCase(), secret)
    secret.settling = this.settlingQuestions
    return this.#describeDeleted(secret)
  }

  #recover(name: string): object {
    const secret = this.#find(this.deleted, name)
    this.deleted.delete(name.toLowerCase())
    this.living.set(name.toLowerCase(), secret)
    secret.settling = this.settlingQuestions
    return this.#bundle(secret, secret.versions.at(-1), { value: undefined })
  }

  #versions(name: string): object {
    const secret = this.#find(this.living, name)
    return {
      value: secret.versions.map((version) => this.#bundle(secret, version, { value: undefined })),
      nextLink: null,
    }
  }

  #list(query: URLSearchParams): object {
    const size = Number(query.get('maxresults') ?? 25)
    if (size < 1 || size > 25) throw new Refusal(400, 'BadParameter')
    const from = Number(query.get('$skiptoken') ?? 0)
    const all = [...this.living.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    const link = `${this.address}:443/secrets?api-version=7.4&$skiptoken=${from + size}&maxresults=${size}`
    return {
      value: all
        .slice(from, from + size)
        .map(({ name }) => ({ id: `${this.address}/secrets/${name}`, attributes: {} })),
      nextLink: from + size < all.length ? link.replace(/:443\//, '/') : null,
    }
  }

  #describeDeleted(secret: Secret): object {
    return this.#bundle(secret, secret.versions.at(-1), {
      value: undefined,
      recoveryId: `${this.address}/deletedsecrets/${secret.name}`,
      deletedDate: 1_770_091_445,
      scheduledPurgeDate: 1_777_867_445,
    })
  }

  #bundle(secret: Secret, version: Version | undefined, more: object = {}): object {
    const id = `${this.address}/secrets/${secret.name}/${version?.id}`
    return { ...version, id, ...more }
  }

  #find(among: Map<string, Secret>, name: string): Secret {
    const secret = among.get(name.toLowerCase())
    if (!secret) throw new Refusal(404, 'SecretNotFound')
    return secret
  }
}

interface Given {
  readonly value: string
  readonly contentType?: string
  readonly tags?: Readonly<Record<string, string>>
}

function settled(secret: Secret): Secret {
  if (secret.settling === 0) return secret
  secret.settling -= 1
  throw new Refusal(404, 'SecretNotFound')
}
