import { X509Certificate } from 'node:crypto'
import tls, { type SecureContext } from 'node:tls'
import { BackendFailure } from '../backend.ts'

/**
 * A TLS context that trusts a provider's own certificate authority besides the usual ones. Made on
 * first use and kept, because reading a hundred and fifty roots takes milliseconds. Throws a
 * `BackendFailure` at once when the authority is no certificate.
 *
 * @param extraRoots PEM text that the whole process trusts (`NODE_EXTRA_CA_CERTS`): Node forgets
 * those, and its own roots, as soon as `ca` is given.
 */
export function trustAlso(caCertificate: string, extraRoots = ''): () => SecureContext {
  const ca = [
    ...tls.rootCertificates,
    ...certificates(extraRoots),
    ...checkCaCertificate(caCertificate),
  ]
  let context: SecureContext | undefined
  return () => (context ??= tls.createSecureContext({ ca }))
}

/**
 * The certificates in a provider's `caCertificate`. Throws a `BackendFailure` (`misconfigured`) when
 * there is none, or one that TLS cannot use: asked when a provider is saved, so that it is not the
 * start of a workload that finds out.
 */
export function checkCaCertificate(pem: string): readonly string[] {
  const found = certificates(pem)
  if (found.length === 0 || !found.every(isCertificate) || !isUsable(found)) {
    throw new BackendFailure(
      'misconfigured',
      "The provider's caCertificate is not a certificate in PEM form.",
    )
  }
  return found
}

const certificates = (pem: string): string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

function isUsable(ca: string[]): boolean {
  try {
    tls.createSecureContext({ ca })
    return true
  } catch {
    return false
  }
}
