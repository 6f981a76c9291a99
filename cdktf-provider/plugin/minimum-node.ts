/** The oldest Node.js that runs a provider; package.json says the same. `AbortSignal.any` alone needs 20.3. */
export const MINIMUM_NODE = '20.19'

/** Whether the version, such as `18.20.4`, is older than that. */
export function isOldNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = MINIMUM_NODE.split('.').map(Number)
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor)
}
