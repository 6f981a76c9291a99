import { startPythonServer, type PythonServer } from './python-server.ts'

/**
 * Google Secret Manager over REST, by somebody else than the author of our own double, and so a second
 * opinion. Its error codes are HTTP's, it knows no checksums and no filters, and its `latest` skips
 * disabled versions, which Google's does not.
 */
export async function startDrongo(): Promise<PythonServer> {
  return await startPythonServer({
    name: 'drongo',
    version: '0.8.0',
    parameters: (port) => ['drongo.cli', 'server', '--host', '127.0.0.1', '--port', String(port)],
    readyPath: '/v1/projects/ready/secrets',
  })
}
