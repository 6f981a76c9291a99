import { inspect } from 'node:util'
import { expect } from 'vitest'

/** Everything a log, an answer or a debugger could show, causes included. */
export function everythingOf(shown: object): string {
  const deep = inspect(shown, { depth: 20, showHidden: true, getters: true, maxStringLength: null })
  const own = Object.getOwnPropertyNames(shown).map((name) => inspect(Reflect.get(shown, name)))
  const texts = shown instanceof Error ? [shown.message, shown.stack, String(shown)] : []
  return [deep, ...own, ...texts, JSON.stringify(shown)].join('\n')
}

/** Fails when one of the canaries, in whatever form, is to be found in something. */
export function expectNone(canaries: readonly string[], ...shown: readonly object[]): void {
  const text = shown.map(everythingOf).join('\n')
  for (const canary of canaries) {
    const bytes = Buffer.from(canary)
    const forms = [canary, bytes.toString('base64'), bytes.toString('hex'), [...bytes].join(', ')]
    for (const form of forms) expect(text).not.toContain(form.slice(0, 20))
  }
}
