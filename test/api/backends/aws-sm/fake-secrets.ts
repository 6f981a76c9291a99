import { randomUUID } from 'node:crypto'

/** An error that AWS would answer. */
export class FakeAwsError extends Error {
  readonly type: string

  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

type Content = { readonly SecretString: string } | { readonly SecretBinary: string }

interface Version {
  readonly id: string
  readonly content: Content
  readonly stages: Set<string>
}

interface Secret {
  readonly name: string
  readonly arn: string
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly versions: Version[]
  deleted: boolean
}

interface Input {
  readonly Name: string
  readonly SecretId: string
  readonly SecretString?: string
  readonly SecretBinary?: string
  readonly ClientRequestToken: string
  readonly Tags?: Secret['tags']
  readonly VersionId?: string
  readonly VersionStage?: string
  readonly VersionStages?: readonly string[]
  readonly RemoveFromVersionId?: string
  readonly MoveToVersionId?: string
  readonly ForceDeleteWithoutRecovery?: boolean
  readonly SecretIdList?: readonly string[]
  readonly Filters?: readonly { readonly Values: readonly [string] }[]
  readonly MaxResults?: number
  readonly NextToken?: string
}

/** The secrets of one account and region, by the rules that AWS documents for each operation. */
export class FakeSecrets {
  readonly region = 'eu-west-1'
  readonly #secrets: Secret[] = []
  readonly #forbidden: string
  #made = 0

  /** @param forbidden - a name that nobody may do anything with */
  constructor(forbidden: string) {
    this.#forbidden = forbidden
  }

  /** Operations by their names, as in `X-Amz-Target`. */
  readonly operations: Readonly<Record<string, (input: Input) => object>> = {
    GetSecretValue: (input) => this.#value(input),
    BatchGetSecretValue: ({ SecretIdList = [] }) => this.#values(SecretIdList),
    DescribeSecret: (input) => this.#described(this.#find(input.SecretId)),
    ListSecrets: (input) => this.#list(input),
    CreateSecret: (input) => this.#create(input),
    PutSecretValue: (input) => this.#put(input),
    UpdateSecretVersionStage: (input) => this.#moveStage(input),
    DeleteSecret: (input) => this.#delete(input),
    RestoreSecret: ({ SecretId }) => {
      const secret = this.#find(SecretId)
      secret.deleted = false
      return { ARN: secret.arn, Name: secret.name }
    },
  }

  /** Stores a secret or its next version, as somebody else than us. Answers the version's id. */
  store(name: string, content: string | Buffer): string {
    const secret = this.#secrets.find((each) => each.name === name) ?? this.#add(name, [])
    const kept =
      typeof content === 'string'
        ? { SecretString: content }
        : { SecretBinary: content.toString('base64') }
    return this.#addVersion(secret, randomUUID(), kept, ['AWSCURRENT']).id
  }

  /** What is stored now; `null` when nothing is, or it is deleted. */
  stored(name: string): Buffer | null {
    const secret = this.#secrets.find((each) => each.name === name && !each.deleted)
    const current = secret?.versions.find(({ stages }) => stages.has('AWSCURRENT'))?.content
    if (!current) return null
    return 'SecretString' in current
      ? Buffer.from(current.SecretString)
      : Buffer.from(current.SecretBinary, 'base64')
  }

  tagOf(name: string, key: string): string | undefined {
    const secret = this.#secrets.find((each) => each.name === name)
    return secret?.tags.find(({ Key }) => Key === key)?.Value
  }

  arnOf(name: string): string {
    return this.#find(name).arn
  }

  stagesOf(name: string): Readonly<Record<string, readonly string[]>> {
    return stagesOf(this.#find(name))
  }

  #find(id: string): Secret {
    if (id.includes(this.#forbidden)) throw denied(id)
    const secret = this.#secrets.find(
      ({ name, arn }) => name === id || arn === id || arn.slice(0, -7) === id,
    )
    if (!secret) {
      throw new FakeAwsError(
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret.",
      )
    }
    return secret
  }

  #add(name: string, tags: Secret['tags']): Secret {
    const end = `Ab${String((this.#made += 1)).padStart(4, '0')}`
    const arn = `arn:aws:secretsmanager:${this.region}:123456789012:secret:${name}-${end}`
    const secret = { name, arn, tags, versions: [], deleted: false }
    this.#secrets.push(secret)
    return secret
  }

  #addVersion(secret: Secret, id: string, content: Content, stages: readonly string[]): Version {
    const before = secret.versions.find((version) => version.stages.has('AWSCURRENT'))
    if (stages.includes('AWSCURRENT')) take(secret, 'AWSPREVIOUS')
    for (const stage of stages) take(secret, stage)
    if (stages.includes('AWSCURRENT')) before?.stages.add('AWSPREVIOUS')
    const version = { id, content, stages: new Set(stages) }
    secret.versions.push(version)
    return version
  }

  #value({ SecretId, VersionId, VersionStage = 'AWSCURRENT' }: Input): object {
    const { arn, name, versions } = living(this.#find(SecretId))
    const version = versions.find(({ id, stages }) =>
      VersionId === undefined ? stages.has(VersionStage) : id === VersionId,
    )
    if (!version) {
      throw new FakeAwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for ${VersionId ?? VersionStage}`,
      )
    }
    const { id, content, stages } = version
    return { ARN: arn, Name: name, VersionId: id, VersionStages: [...stages], ...content }
  }

  #values(ids: readonly string[]): object {
    if (ids.length > 20) throw new FakeAwsError('InvalidParameterException', 'Too many ids')
    const SecretValues: object[] = []
    const Errors: object[] = []
    for (const id of new Set(ids)) {
      try {
        SecretValues.push(this.#value({ SecretId: id } as Input))
      } catch (error) {
        const { type, message } = error as FakeAwsError
        Errors.push({ SecretId: id, ErrorCode: type, Message: message })
      }
    }
    // In no order that a caller could rely on.
    return { SecretValues: SecretValues.reverse(), Errors }
  }

  #described(secret: Secret): object {
    return {
      ARN: secret.arn,
      Name: secret.name,
      Tags: secret.tags,
      VersionIdsToStages: stagesOf(secret),
      ...(secret.deleted && { DeletedDate: 1_700_000_000 }),
    }
  }

  #list({ Filters = [], MaxResults = 100, NextToken = '0' }: Input): object {
    const [prefix = ''] = Filters.flatMap(({ Values }) => Values)
    const all = this.#secrets.filter(({ name, deleted }) => !deleted && name.startsWith(prefix))
    const end = Number(NextToken) + MaxResults
    return {
      SecretList: all.slice(Number(NextToken), end).map((secret) => this.#described(secret)),
      ...(end < all.length && { NextToken: String(end) }),
    }
  }

  #create({ Name, Tags = [], ClientRequestToken, ...input }: Input): object {
    if (Name.includes(this.#forbidden)) throw denied(Name)
    const there = this.#secrets.find(({ name }) => name === Name)
    if (there?.deleted) {
      throw new FakeAwsError(
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      )
    }
    if (there) {
      throw new FakeAwsError(
        'ResourceExistsException',
        `The operation failed because the secret ${Name} already exists.`,
      )
    }
    const secret = this.#add(Name, Tags)
    const { id } = this.#addVersion(secret, ClientRequestToken, contentOf(input), ['AWSCURRENT'])
    return { ARN: secret.arn, Name, VersionId: id }
  }

  #put({ SecretId, ClientRequestToken, VersionStages = ['AWSCURRENT'], ...input }: Input): object {
    const secret = living(this.#find(SecretId))
    if (Object.values(stagesOf(secret)).flat().length + VersionStages.length > 21) {
      throw new FakeAwsError('LimitExceededException', 'Too many staging labels')
    }
    const { id } = this.#addVersion(secret, ClientRequestToken, contentOf(input), VersionStages)
    return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages }
  }

  #moveStage({ SecretId, VersionStage = '', ...move }: Input): object {
    const secret = living(this.#find(SecretId))
    const version = (wanted?: string) => secret.versions.find(({ id }) => id === wanted)
    if (move.RemoveFromVersionId && !version(move.RemoveFromVersionId)?.stages.has(VersionStage)) {
      throw new FakeAwsError('InvalidParameterException', 'The label is not attached to it')
    }
    take(secret, VersionStage)
    version(move.MoveToVersionId)?.stages.add(VersionStage)
    return { ARN: secret.arn, Name: secret.name }
  }

  #delete({ SecretId, ForceDeleteWithoutRecovery }: Input): object {
    const secret = this.#find(SecretId)
    if (ForceDeleteWithoutRecovery) this.#secrets.splice(this.#secrets.indexOf(secret), 1)
    else living(secret).deleted = true
    return { ARN: secret.arn, Name: secret.name, DeletionDate: 1_700_000_000 }
  }
}

function living(secret: Secret): Secret {
  if (!secret.deleted) return secret
  throw new FakeAwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  )
}

const denied = (id: string): FakeAwsError =>
  new FakeAwsError('AccessDeniedException', `User: x is not authorized to perform this on ${id}`)

const take = ({ versions }: Secret, stage: string): void =>
  versions.forEach(({ stages }) => stages.delete(stage))

/** As AWS says it: versions without a stage are not among them. */
const stagesOf = ({ versions }: Secret): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]),
  )

function contentOf({ SecretString, SecretBinary }: Partial<Input>): Content {
  if (SecretString) return { SecretString }
  if (SecretBinary) return { SecretBinary }
  throw new FakeAwsError('InvalidParameterException', 'You must provide a value')
}
