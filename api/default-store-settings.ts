import {
  configIssues,
  parseConfig,
  type ProviderType,
} from '../contract/schemas/provider-types/index.ts'
import type { ProviderSettings } from './backends/registry.ts'
import { missingPackage } from './backends/store-packages.ts'
import { providerSettings } from './resolver/open-provider.ts'

/** The value of a setting; undefined when it is not set. */
export type Given = (name: string) => string | undefined

/** The store that keeps new values, or what is wrong with its settings, one sentence each. */
export type DefaultStore =
  { readonly store: ProviderSettings | undefined } | { readonly problems: readonly string[] }

/**
 * Reads where new values are kept: in the database, or in the store that AGYN_SECRETS_MANAGER names. A
 * store that was asked for and cannot be had is a problem, and never the database instead: custody
 * does not change silently.
 */
export function readDefaultStore(given: Given): DefaultStore {
  const { manager, method } = choices(given)
  if (manager === 'DB') return { store: undefined }
  const store = storeOf(manager, method)
  if (!store) {
    return {
      problems: [
        isManager(manager)
          ? `${AUTH_METHOD} must be ${oneOf(Object.keys(authMethods))}.`
          : `AGYN_SECRETS_MANAGER must be DB, ${oneOf(Object.keys(stores))}.`,
      ],
    }
  }
  const { type, fixed, fields } = store
  const config = { ...fixed, ...valuesOf(fields, given) }
  const nameOf = (field: unknown): string =>
    Object.keys(fields).find((name) => fields[name] === field) ?? 'AGYN_SECRETS_MANAGER'
  const problems = configIssues(type, config).map(({ path, code, detail }) =>
    code === 'required'
      ? `${nameOf(path[0])} must be set while AGYN_SECRETS_MANAGER is ${manager}.`
      : `${nameOf(path[0])}: ${detail}`,
  )
  const missing = missingPackage(type)
  if (missing !== undefined) {
    problems.push(
      `AGYN_SECRETS_MANAGER is ${manager}, which needs the package ${missing}: run npm install ${missing}.`,
    )
  }
  if (problems.length > 0) return { problems }
  return { store: providerSettings(type, parseConfig(type, config)) }
}

/** Settings of a store that is not the one in use. Whoever forgot to choose it is told so. */
export function unusedStoreSettings(given: Given): string[] {
  const { manager, method } = choices(given)
  const used = new Set(Object.keys(storeOf(manager, method)?.fields ?? {}))
  if (manager === 'VAULT') used.add(AUTH_METHOD)
  return [...storeSettings].filter((name) => given(name) !== undefined && !used.has(name))
}

interface Store {
  readonly type: ProviderType
  /** Fields of the config that no setting gives. */
  readonly fixed: Readonly<Record<string, unknown>>
  /** Which field of the config each setting is. */
  readonly fields: Readonly<Record<string, string>>
}

const AUTH_METHOD = 'AGYN_HASHICORP_VAULT_AUTH_METHOD'

/** How to log in to Vault, by the value of AUTH_METHOD. */
const authMethods: Readonly<Record<string, Omit<Store, 'type'>>> = {
  TOKEN: {
    fixed: { authMethod: 'token' },
    fields: { AGYN_HASHICORP_VAULT_TOKEN: 'token' },
  },
  K8S: {
    fixed: { authMethod: 'kubernetes' },
    fields: {
      AGYN_HASHICORP_VAULT_K8S_ROLE: 'role',
      AGYN_HASHICORP_VAULT_K8S_TOKEN_PATH: 'tokenPath',
      AGYN_HASHICORP_VAULT_K8S_MOUNT_POINT: 'mountPoint',
    },
  },
  AWS: {
    fixed: { authMethod: 'aws' },
    fields: {
      AGYN_HASHICORP_VAULT_AWS_ROLE: 'role',
      AGYN_HASHICORP_VAULT_AWS_MOUNT_POINT: 'mountPoint',
      AGYN_HASHICORP_VAULT_AWS_REGION: 'region',
      AGYN_HASHICORP_VAULT_AWS_STS_ENDPOINT: 'stsEndpoint',
      AGYN_HASHICORP_VAULT_AWS_IAM_SERVER_ID: 'serverId',
    },
  },
}

const pathPrefix = { AGYN_SECRETS_PATH_PREFIX: 'pathPrefix' }

/** The stores that AGYN_SECRETS_MANAGER can name. All but Vault are logged in to with the deployment's own identity. */
const stores: Readonly<Record<string, Store>> = {
  VAULT: {
    type: 'vault',
    // Of the store of a deployment it is known, so nothing need be detected.
    fixed: { kvVersion: 2 },
    fields: {
      AGYN_HASHICORP_VAULT_ADDR: 'address',
      AGYN_HASHICORP_VAULT_KV_VERSION: 'kvVersion',
      AGYN_HASHICORP_VAULT_SECRET_PATH: 'pathPrefix',
      AGYN_HASHICORP_VAULT_SECRET_METADATA_PATH: 'metadataPathPrefix',
    },
  },
  AWS_SM: { type: 'aws-sm', fixed: {}, fields: { AGYN_AWS_REGION: 'region', ...pathPrefix } },
  AZURE_KV: {
    type: 'azure-kv',
    fixed: {},
    fields: { AGYN_AZURE_VAULT_URL: 'vaultUrl', ...pathPrefix },
  },
  GCP_SM: {
    type: 'gcp-sm',
    fixed: {},
    fields: { AGYN_GCP_PROJECT_ID: 'projectId', ...pathPrefix },
  },
}

/** The names of all settings of all stores. */
export const storeSettings: ReadonlySet<string> = new Set([
  AUTH_METHOD,
  ...[...Object.values(stores), ...Object.values(authMethods)].flatMap(({ fields }) =>
    Object.keys(fields),
  ),
])

const choices = (given: Given) => ({
  manager: given('AGYN_SECRETS_MANAGER') ?? 'DB',
  method: given(AUTH_METHOD) ?? 'TOKEN',
})

const isManager = (name: string): boolean => Object.hasOwn(stores, name)

/** What the two choices stand for; undefined when one of them is none. */
function storeOf(manager: string, method: string): Store | undefined {
  const store = isManager(manager) ? stores[manager] : undefined
  if (store?.type !== 'vault') return store
  const login = Object.hasOwn(authMethods, method) ? authMethods[method] : undefined
  return (
    login && {
      type: 'vault',
      fixed: { ...store.fixed, ...login.fixed },
      fields: { ...store.fields, ...login.fields },
    }
  )
}

const valuesOf = (fields: Store['fields'], given: Given): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const text = given(name)
      // The one number among them; what is no version is refused by the config's schema.
      const value = field === 'kvVersion' && /^\d$/.test(text ?? '') ? Number(text) : text
      return value === undefined ? [] : [[field, value]]
    }),
  )

const oneOf = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
