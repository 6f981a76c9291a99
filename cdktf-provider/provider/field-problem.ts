import type { Path, Problem } from '../plugin/index.ts'
import { toSnakeCase } from './case.ts'

/** Where a field of the API stands in the configuration, when it is not its name in snake case. */
export type PathOf = (path: Path) => Path

/**
 * What is wrong with a field of the API, told of its attribute and in Terraform's names.
 *
 * @param path - of the field, by the API's names
 */
export function fieldProblem(
  summary: string,
  path: readonly string[],
  detail: string,
  pathOf: PathOf = (same) => same,
): Problem {
  const attribute = pathOf(path.map(toSnakeCase))
  const words = detail.replace(/`(\w+)`/g, (_, name: string) => `\`${toSnakeCase(name)}\``)
  // Terraform finds no line for what stands inside an attribute, so the nearest one it finds is
  // shown, and the words say the rest.
  return attribute.length > 1
    ? { summary, detail: `\`${attribute.join('.')}\`: ${words}`, path: attribute.slice(0, 1) }
    : { summary, detail: words, path: attribute }
}
