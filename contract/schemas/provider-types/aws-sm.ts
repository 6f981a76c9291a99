import * as z from 'zod'
import { withRules } from '../rule.ts'
import { caCertificate, needs, pathPrefix, serverUrl } from './common-fields.ts'
import { credential, field, providerType } from './provider-type.ts'

export const awsSm = providerType({
  type: 'aws-sm',
  name: 'AWS Secrets Manager',
  description: 'Secrets of one region of an AWS account.',
  config: withRules(
    z.strictObject({
      region: field(
        z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'Give a region such as eu-west-1.'),
        'Region',
        'Region of the secrets, such as `eu-west-1`.',
      ),
      accessKeyId: field(
        credential()
          .regex(/^[\x21-\x7e]{1,128}$/, 'This is no access key id: AKIA…, ASIA….')
          .optional(),
        'Access key id',
        "Access key id. Without one the server's own AWS identity is used, which takes an admin.",
      ),
      secretAccessKey: field(
        credential().optional(),
        'Secret access key',
        'The secret that belongs to the access key id.',
      ),
      sessionToken: field(
        credential().optional(),
        'Session token',
        'Session token, when the access key is a temporary one.',
      ),
      roleArn: field(
        z
          .string()
          .regex(
            /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
            'Give the ARN of a role: arn:aws:iam::123456789012:role/name.',
          )
          .optional(),
        'Role ARN',
        'Role to assume before secrets are read.',
      ),
      externalId: field(
        z
          .string()
          .regex(
            /^[\w+=,.@:/-]{2,1224}$/,
            'An external id has 2 to 1224 letters, digits or characters of _+=,.@:/-.',
          )
          .optional(),
        'External id',
        'External id that the role asks for.',
      ),
      endpoint: field(
        serverUrl('https://secretsmanager.eu-west-1.amazonaws.com').optional(),
        'Endpoint',
        "Another endpoint than the region's own, such as that of a VPC.",
      ),
      stsEndpoint: field(
        serverUrl('https://sts.eu-west-1.amazonaws.com').optional(),
        'STS endpoint',
        "Where the role is assumed; the region's own endpoint when left out.",
      ),
      caCertificate,
      pathPrefix: pathPrefix('agyn'),
    }),
    ({ accessKeyId, secretAccessKey, sessionToken, roleArn, externalId }) => [
      ...needs({ accessKeyId }, { secretAccessKey }),
      ...needs({ secretAccessKey }, { accessKeyId }),
      ...needs({ sessionToken }, { accessKeyId }),
      ...needs({ externalId }, { roleArn }),
    ],
  ),
  borrows: ({ accessKeyId }) =>
    accessKeyId === undefined
      ? "has no access key, and uses the server's own AWS identity"
      : undefined,
  places: () => [],
})
