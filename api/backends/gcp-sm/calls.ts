import type { protos } from '@google-cloud/secret-manager'
import type { OutboundRequest } from '../outbound/exchange.ts'

/** The methods of the API that we call: https://cloud.google.com/secret-manager/docs/reference/rpc */
export interface Calls {
  readonly accessSecretVersion: Exchange<
    protos.google.cloud.secretmanager.v1.IAccessSecretVersionRequest,
    protos.google.cloud.secretmanager.v1.IAccessSecretVersionResponse
  >
  readonly getSecret: Exchange<
    protos.google.cloud.secretmanager.v1.IGetSecretRequest,
    protos.google.cloud.secretmanager.v1.ISecret
  >
  readonly listSecrets: Exchange<
    protos.google.cloud.secretmanager.v1.IListSecretsRequest,
    protos.google.cloud.secretmanager.v1.IListSecretsResponse
  >
  readonly listSecretVersions: Exchange<
    protos.google.cloud.secretmanager.v1.IListSecretVersionsRequest,
    protos.google.cloud.secretmanager.v1.IListSecretVersionsResponse
  >
  readonly createSecret: Exchange<
    protos.google.cloud.secretmanager.v1.ICreateSecretRequest,
    protos.google.cloud.secretmanager.v1.ISecret
  >
  readonly addSecretVersion: Exchange<
    protos.google.cloud.secretmanager.v1.IAddSecretVersionRequest,
    protos.google.cloud.secretmanager.v1.ISecretVersion
  >
  readonly updateSecret: Exchange<
    protos.google.cloud.secretmanager.v1.IUpdateSecretRequest,
    protos.google.cloud.secretmanager.v1.ISecret
  >
  readonly disableSecretVersion: Exchange<
    protos.google.cloud.secretmanager.v1.IDisableSecretVersionRequest,
    protos.google.cloud.secretmanager.v1.ISecretVersion
  >
  readonly enableSecretVersion: Exchange<
    protos.google.cloud.secretmanager.v1.IEnableSecretVersionRequest,
    protos.google.cloud.secretmanager.v1.ISecretVersion
  >
  readonly deleteSecret: Exchange<protos.google.cloud.secretmanager.v1.IDeleteSecretRequest, object>
  readonly testIamPermissions: Exchange<
    protos.google.iam.v1.ITestIamPermissionsRequest,
    protos.google.iam.v1.ITestIamPermissionsResponse
  >
}

export type Secret = protos.google.cloud.secretmanager.v1.ISecret

interface Exchange<Request, Answer> {
  readonly request: Request
  readonly answer: Answer
}

/** Which limit each counts against, and which must not be sent twice. */
export const kinds = {
  accessSecretVersion: { kind: 'read' },
  getSecret: { kind: 'describe' },
  listSecrets: { kind: 'describe' },
  listSecretVersions: { kind: 'describe' },
  createSecret: { kind: 'write', once: true },
  addSecretVersion: { kind: 'write', once: true },
  updateSecret: { kind: 'write' },
  disableSecretVersion: { kind: 'write' },
  enableSecretVersion: { kind: 'write' },
  deleteSecret: { kind: 'write' },
  testIamPermissions: { kind: 'describe' },
} as const satisfies Record<keyof Calls, Pick<OutboundRequest, 'kind' | 'once'>>
