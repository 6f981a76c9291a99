/**
 * The variable that a secret of a brief becomes when nobody names one: its name in upper case, every
 * other character than letters, digits and `_` as `_`, and `_` before a leading digit.
 */
export const derivedEnvName = (secretName: string): string =>
  secretName
    .replace(/[^A-Za-z0-9_]/gu, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase()
