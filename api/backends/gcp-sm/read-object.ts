import { isUtf8 } from 'node:buffer'
import { isObject } from '../../../contract/schemas/rule.ts'

/** The JSON object that a text is; `undefined` when it is something else, with nothing said about it. */
export function readObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (!isUtf8(bytes)) return undefined
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'))
    return isObject(json) ? json : undefined
  } catch {
    // Its message would quote the text.
    return undefined
  }
}
