import { startPythonServer, type PythonServer } from './python-server.ts'

export interface Moto extends PythonServer {
  /** Forgets everything that was written. */
  reset(): Promise<void>
  /**
   * From now on signatures are verified. STS then refuses with the names that AWS uses, such as
   * SignatureDoesNotMatch; Secrets Manager refuses with 403 and XML, which its SDK cannot read.
   */
  requireSignatures(): Promise<void>
}

/**
 * AWS Secrets Manager and STS, for any region and any access key. Laxer than AWS in what it accepts: it
 * takes values over 64 KiB, batches over 20, and KMS keys that do not exist. After
 * UpdateSecretVersionStage it still answers the old version to those who ask for none.
 */
export async function startMoto(): Promise<Moto> {
  const server = await startPythonServer({
    name: 'moto',
    version: '5.2.5',
    needs: ['flask==3.1.3', 'flask-cors==6.0.5'],
    parameters: (port) => ['moto.server', '-H', '127.0.0.1', '-p', String(port)],
    readyPath: '/moto-api/data.json',
  })
  const post = async (path: string, body?: string) => {
    const response = await fetch(server.address + path, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      ...(body !== undefined && { body }),
    })
    if (!response.ok) throw new Error(`moto answered ${response.status} to ${path}.`)
  }
  return {
    ...server,
    reset: () => post('/moto-api/reset'),
    // After so many requests that are not verified.
    requireSignatures: () => post('/moto-api/reset-auth', '0'),
  }
}
