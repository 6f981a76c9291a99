import { provider, type Provider } from '../../../../cdktf-provider/plugin/index.ts'
import { connect, wire } from './call.ts'

type Parts = Partial<
  Pick<Provider, 'resources' | 'dataSources' | 'ephemeralResources' | 'functions'>
>

/** A provider of the few definitions that a test is about; it has no settings and no client. */
export const providerOf = (parts: Parts): Provider =>
  provider({
    name: 'test',
    version: '1',
    description: 'Test.',
    attributes: {},
    configure: () => null,
    resources: [],
    dataSources: [],
    ...parts,
  })

/** The calls of such a provider, which Terraform has configured. */
export async function calls(parts: Parts) {
  const call = await connect(providerOf(parts))
  await call('configureProvider', { terraformVersion: '1.11.4', config: wire({}, {}) })
  return call
}

/** What a resource must have beside what a test is about. */
export const idle = {
  type: 'test_thing',
  description: 'A thing.',
  create: () => Promise.reject(new Error()),
  read: () => Promise.reject(new Error()),
  update: () => Promise.reject(new Error()),
  delete: () => Promise.reject(new Error()),
}
