import { readFileSync } from 'node:fs'
import { log } from './server/log.ts'

/**
 * Reads the certificates of NODE_EXTRA_CA_CERTS, which the launcher hands on as PLUGIN_EXTRA_CA_CERTS:
 * Node parses the file at the first TLS session, which here is Terraform's own, and that costs 30 ms a
 * start. Give them to the first HTTPS client instead: `ca: [...tls.rootCertificates, extra]`.
 * Null when there are none; like Node we go on without a file that cannot be read.
 */
export function readExtraCaCertificates(env: NodeJS.ProcessEnv = process.env): string | null {
  const path = env['PLUGIN_EXTRA_CA_CERTS']
  if (!path) return null
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    log('warn', 'NODE_EXTRA_CA_CERTS names a file that cannot be read', { error })
    return null
  }
}
