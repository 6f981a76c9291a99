/** A piece of code within a line. */
export const code = (text: string): string =>
  text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** `a, b and c`. */
export function inWords(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`
}
