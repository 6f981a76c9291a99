import { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { startMoto } from './servers/moto.ts'

/** Two accounts of AWS in a moto that verifies every signature, and asks policies what is allowed. */
export interface AwsAccounts {
  readonly address: string
  /** Of a user in the first account who may do everything. */
  readonly keys: Keys
  /** Of a user in the first account who may not read values, nor list names. */
  readonly blindKeys: Keys
  /** Temporary, of a session in the first account. */
  readonly sessionKeys: Keys
  /** Which the user may assume; one in each account. */
  readonly roles: { readonly own: Role; readonly other: Role }
  /** What an admin's own client sees, in the first account and in the other. */
  readonly admin: { readonly own: SecretsManager; readonly other: SecretsManager }
  stop(): Promise<unknown>
}

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

interface Role {
  readonly roleArn: string
  readonly externalId: string
}

const region = 'eu-west-1'

export async function startAwsAccounts(): Promise<AwsAccounts> {
  const moto = await startMoto()
  const setup = setupOf(moto.address)
  const externalId = 'agyn-live-tests'

  const keys = await setup.user('agyn', [allow('*')])
  const blindKeys = await setup.user('blind', [
    allow('secretsmanager:CreateSecret'),
    allow('secretsmanager:DescribeSecret'),
  ])
  const ownRole = await setup.role('reader', externalId)
  // There is no account but by a role in it; this one is anybody's, as long as nobody verifies.
  const stranger = await setup.assume('arn:aws:iam::222222222222:role/setup')
  const otherRole = await setup.role('reader', externalId, stranger)
  const sessionKeys = await setup.assume(ownRole)
  const otherKeys = await setup.assume(otherRole)
  await moto.requireSignatures()

  const clientOf = (keys: Keys) => {
    // A copy: the SDK adds to what it is given.
    const credentials = { ...keys }
    return new SecretsManager({ region, endpoint: moto.address, credentials, maxAttempts: 1 })
  }
  return {
    address: moto.address,
    keys,
    blindKeys,
    sessionKeys,
    roles: {
      own: { roleArn: ownRole, externalId },
      other: { roleArn: otherRole, externalId },
    },
    admin: { own: clientOf(keys), other: clientOf(otherKeys) },
    stop: () => moto.stop(),
  }
}

/** What is made before signatures are verified. */
function setupOf(address: string) {
  const ask = async (service: 'iam' | 'sts', form: Record<string, string>, keys?: Keys) => {
    const { accessKeyId = 'AKIANOBODY0000000000', sessionToken } = keys ?? {}
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
        ...(sessionToken && { 'x-amz-security-token': sessionToken }),
      },
      body: new URLSearchParams(form),
    })
    const xml = await response.text()
    if (!response.ok) throw new Error(`moto answered ${response.status} to ${form['Action']}.`)
    return (element: string) =>
      new RegExp(`<${element}>([^<]*)</`).exec(xml)?.[1]?.replaceAll('&amp;', '&') ?? ''
  }
  return {
    async user(name: string, statements: readonly object[]): Promise<Keys> {
      await ask('iam', { Action: 'CreateUser', UserName: name })
      const policy = { PolicyName: 'only', PolicyDocument: document(statements) }
      await ask('iam', { Action: 'PutUserPolicy', UserName: name, ...policy })
      const made = await ask('iam', { Action: 'CreateAccessKey', UserName: name })
      return { accessKeyId: made('AccessKeyId'), secretAccessKey: made('SecretAccessKey') }
    },
    async role(name: string, externalId: string, keys?: Keys): Promise<string> {
      const trust = {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      }
      const made = await ask(
        'iam',
        { Action: 'CreateRole', RoleName: name, AssumeRolePolicyDocument: document([trust]) },
        keys,
      )
      const policy = { PolicyName: 'all', PolicyDocument: document([allow('*')]) }
      await ask('iam', { Action: 'PutRolePolicy', RoleName: name, ...policy }, keys)
      return made('Arn')
    },
    async assume(roleArn: string): Promise<Keys> {
      const made = await ask('sts', {
        Action: 'AssumeRole',
        RoleArn: roleArn,
        RoleSessionName: 'setup',
      })
      return {
        accessKeyId: made('AccessKeyId'),
        secretAccessKey: made('SecretAccessKey'),
        sessionToken: made('SessionToken'),
      }
    },
  }
}

const allow = (action: string) => ({ Effect: 'Allow', Action: action, Resource: '*' })

const document = (statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
