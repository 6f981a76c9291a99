import { BackendFailure } from './backend.ts'

/** Loads an optional dependency on first use; when it is not installed, says which one to install. */
export async function loadPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error
    throw notInstalled(name, { code })
  }
}

export const notInstalled = (name: string, cause?: object): BackendFailure =>
  new BackendFailure(
    'misconfigured',
    `This provider needs the package ${name}, which is not installed.`,
    { hint: `Run npm install ${name} where the API runs, then restart it.`, cause },
  )
