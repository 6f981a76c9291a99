import { readFileSync } from 'node:fs'
import { log } from './server/log.ts'

/**
 * Reads the certificates to trust besides Node's own, for the first HTTPS client:
 * `ca: [...tls.rootCertificates, extra]`. Null when there are none; like Node and Go we go on without a
 * file that cannot be read.
 *
 * NODE_EXTRA_CA_CERTS arrives as PLUGIN_EXTRA_CA_CERTS where the launcher started us: Node parses the
 * file at the first TLS session, which here is Terraform's own, and that costs 30 ms a start.
 * SSL_CERT_FILE is what providers in Go read.
 */
export function readExtraCaCertificates(env: NodeJS.ProcessEnv = process.env): string | null {
  const moved = env['PLUGIN_EXTRA_CA_CERTS'] || env['NODE_EXTRA_CA_CERTS']
  const certificates = read(moved, 'NODE_EXTRA_CA_CERTS')
  // Often both name the system's bundle, which is long to parse.
  if (env['SSL_CERT_FILE'] === moved) return certificates
  const more = read(env['SSL_CERT_FILE'], 'SSL_CERT_FILE')
  return certificates !== null && more !== null
    ? `${certificates}\n${more}`
    : (certificates ?? more)
}

function read(path: string | undefined, variable: string): string | null {
  if (!path) return null
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    log('warn', `${variable} names a file that cannot be read`, { error })
    return null
  }
}
