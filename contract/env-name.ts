/**
 * What is wrong with the name of an environment variable, as a sentence; undefined when nothing is.
 * Without zod, because constructs name variables too.
 */
export function envNameComplaint(name: string): string | undefined {
  if (!envNamePattern.test(name)) {
    return 'A name begins with a letter or `_` and goes on with letters, digits and `_`: anything else splits or hides the variable.'
  }
  if (name.length > MAX_ENV_NAME) return `At most ${MAX_ENV_NAME} characters.`
  return undefined
}

/** Apart from the sentence, because OpenAPI shows it. */
export const envNamePattern = /^[A-Za-z_][A-Za-z0-9_]*$/

export const MAX_ENV_NAME = 200
