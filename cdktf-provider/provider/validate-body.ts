import type { OperationId } from '../../contract/routes.ts'
import { isUnknown, type Diagnostics, type Path } from '../plugin/index.ts'
import { toSnakeCase } from './case.ts'

/**
 * Checks a request body at plan with the schema that the API will check it with, and puts each
 * message on its attribute. What is unknown is left out of the body, and what is said about it is
 * not repeated: it may well be right once it is known.
 *
 * @param fields - the body by the API's names; null is absent
 */
export async function validateBody(
  operation: Extract<OperationId, `Create${string}`>,
  fields: Readonly<Record<string, unknown>>,
  diagnostics: Diagnostics,
  options: { readonly summary: string; readonly pathOf?: (path: Path) => Path },
): Promise<void> {
  // Loads zod, after the handshake and only when there is something to check.
  const { schemas, fieldIssues } = await import('../../contract/validation.ts')
  const unknown = new Set<string>()
  const body = withoutUnknown(fields, [], unknown)
  const parsed = schemas[operation].body.safeParse(body)
  if (parsed.success) return
  for (const { path, detail } of fieldIssues(parsed.error)) {
    const steps = path.map(String)
    if (steps.some((_, index) => unknown.has(steps.slice(0, index + 1).join('/')))) continue
    const at = steps.map(toSnakeCase)
    diagnostics.error({ summary: options.summary, detail, path: options.pathOf?.(at) ?? at })
  }
}

function withoutUnknown(
  value: Readonly<Record<string, unknown>>,
  at: readonly string[],
  unknown: Set<string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      const path = [...at, key]
      if (isUnknown(each)) unknown.add(path.join('/'))
      if (each === null || each === undefined || isUnknown(each)) return []
      const nested = typeof each === 'object' && !Array.isArray(each)
      return [[key, nested ? withoutUnknown(each as Record<string, unknown>, path, unknown) : each]]
    }),
  )
}
