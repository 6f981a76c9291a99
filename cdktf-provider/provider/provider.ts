import { ApiError, Client } from '../../contract/client.ts'
import { provider, text, TerraformError, isUnknown } from '../plugin/index.ts'
import { explain } from './api/api-errors.ts'
import { isUuid } from './import-id.ts'
import { logCalls, logPause } from './api/log-calls.ts'
import { otherOrganization } from './organization-id.ts'
import { isPublicHost } from './api/public-host.ts'
import { queueWhenLimited } from './api/queue-when-limited.ts'
import * as look from './data-sources/index.ts'
import { apiToken as ephemeralApiToken } from './ephemeral-resources/api-token.ts'
import { workloadEnv } from './ephemeral-resources/workload-env.ts'
import { apiToken as apiTokenFunction } from './functions/api-token.ts'
import { formatReference } from './functions/format-reference.ts'
import { parseReference } from './functions/parse-reference.ts'
import { apiToken } from './resources/api-token.ts'
import { env } from './resources/env.ts'
import { organization } from './resources/organization.ts'
import { scope } from './resources/scope.ts'
import { secretProvider } from './resources/secret-provider.ts'
import { secret } from './resources/secret.ts'
import { refusingRuntimeTokens } from './runtime-token.ts'
import { Session } from './api/session.ts'
import { keepAliveTransport } from './api/transport.ts'
import { VERSION } from './gen/version.ts'

export const agyn = provider({
  name: 'agyn',
  version: VERSION,
  description:
    'Registers secret providers and secrets with agyn-secrets, and binds them to the agents that receive them.',
  attributes: {
    api_url: text(
      'Address of the API, such as `https://secrets.example.com`. Else the environment variable `AGYN_API_URL`.',
    ).optional(),
    api_token: text(
      'Token of an owner, or of an admin. Better kept in the environment variable `AGYN_API_TOKEN`.',
    ).optional({ sensitive: true }),
    organization_id: text(
      'Organization of resources that name none. Else the one that the token belongs to.',
    ).optional(),
  },

  validate({ config, diagnostics }) {
    const { api_url: url, organization_id: organization } = config
    if (url !== null && !isUnknown(url) && !isBaseUrl(url)) {
      diagnostics.error({ summary: badUrl, detail: giveUrl, path: ['api_url'] })
    }
    if (organization !== null && !isUnknown(organization) && !isUuid(organization)) {
      diagnostics.error({
        summary: 'The id of the organization is not valid.',
        detail: 'An organization is named by its id, a UUID.',
        path: ['organization_id'],
      })
    }
  },

  async configure({ config, diagnostics, signal }) {
    const url = config.api_url ?? process.env['AGYN_API_URL']
    const token = config.api_token ?? process.env['AGYN_API_TOKEN']
    if (!url) {
      throw new TerraformError({
        summary: 'The provider does not know where the API is.',
        detail: 'Set `api_url` in the provider block, or the environment variable AGYN_API_URL.',
        path: ['api_url'],
      })
    }
    if (!isBaseUrl(url)) {
      throw new TerraformError({ summary: badUrl, detail: giveUrl, path: ['api_url'] })
    }
    if (!token) {
      throw new TerraformError({
        summary: 'The provider has no token.',
        detail:
          'Set the environment variable AGYN_API_TOKEN, or `api_token` in the provider block. An admin makes tokens with POST /api/api-tokens.',
        path: ['api_token'],
      })
    }
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new TerraformError({
        summary: 'The token is not valid.',
        detail:
          'It has a space or a line break in it, as a file has at its end; `trimspace` takes that away.',
        path: ['api_token'],
      })
    }
    const address = new URL(url)
    if (address.protocol === 'http:' && isPublicHost(address)) {
      diagnostics.warn({
        summary: 'The token and every value go over the network unencrypted.',
        detail: `The address of the API, ${address.origin}, begins with http and is not one of a private network. Use https.`,
        path: ['api_url'],
      })
    }
    const sent = logCalls(keepAliveTransport(address))
    const client = new Client({
      url,
      token,
      transport: queueWhenLimited(sent, { onPause: logPause }),
      transportWaits: true,
      onPause: logPause,
    })
    const {
      organizationId: tokenOrganizationId,
      scopeId: tokenScopeId,
      role,
    } = await whoAmI(client, signal)
    const organizationId = config.organization_id?.toLowerCase()
    // Found out later, it would be found out after everything was destroyed to be moved.
    if (organizationId && tokenOrganizationId && organizationId !== tokenOrganizationId) {
      throw otherOrganization(organizationId, tokenOrganizationId)
    }
    return new Session({ client, role, tokenOrganizationId, tokenScopeId, organizationId })
  },

  resources: [organization, scope, secretProvider, secret, env, apiToken].map(
    refusingRuntimeTokens,
  ),
  dataSources: [
    look.organization,
    look.organizations,
    look.scope,
    look.scopes,
    look.secretProvider,
    look.secretProviders,
    look.secretProviderTypes,
    look.secret,
    look.secrets,
    look.env,
    look.envs,
    look.apiToken,
    look.apiTokens,
    look.effectiveSecrets,
    look.preflight,
  ],
  ephemeralResources: [ephemeralApiToken, workloadEnv],
  functions: [parseReference, formatReference, apiTokenFunction],
})

/** Asked first, so that a wrong token or address is told once and not for each resource. */
async function whoAmI(client: Client, signal: AbortSignal) {
  try {
    return await client.call('WhoAmI', {}, { signal })
  } catch (error) {
    const explained = explain(error, { noun: 'token', type: '', name: 'api_token', importId: '' })
    if (!(explained instanceof TerraformError)) throw explained
    const [first = { summary: explained.message }] = explained.problems
    const isRefused = error instanceof ApiError && error.code === 'unauthenticated'
    const path = isRefused ? ['api_token'] : ['api_url']
    throw new TerraformError({ ...first, path })
  }
}

const badUrl = 'The address of the API is not valid.'
const giveUrl =
  'Give the scheme, the host and the port, such as `https://secrets.example.com:8080`, without a path.'

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash, username, password } = new URL(text)
  const rest = `${search}${hash}${username}${password}`
  return /^https?:$/.test(protocol) && pathname === '/' && rest === ''
}
