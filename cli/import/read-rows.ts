import { basename } from 'node:path'
import { CliError } from '../cli-error.ts'
import { decodeText } from './decode-text.ts'
import { toRows } from './document.ts'
import { parseEnv } from './parse-env.ts'
import { parseJson } from './parse-json.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Rows } from './rows.ts'

export const formats = ['env', 'json', 'yaml'] as const

export type Format = (typeof formats)[number]

/** Reads what a file says. Rejects a file that cannot be read as its format; single rows are refused in the answer. */
export function readRows(bytes: Buffer, format: Format): Rows {
  const text = decodeText(bytes)
  if (format !== 'env' && text.trim() === '') throw CliError.no('The file is empty.')
  const rows = format === 'env' ? parseEnv(text) : toRows(readers[format](text))
  if (!rows) {
    throw CliError.no(
      'The file is neither a map from names to values nor a list of { name, value }.',
    )
  }
  if (rows.rows.length + rows.refused.length === 0)
    throw CliError.no('The file has no secret in it.')
  return rows
}

const readers = { json: parseJson, yaml: parseYaml }

/** The format that a file's name tells. */
export function formatOf(file: string): Format {
  const name = basename(file).toLowerCase()
  if (/\.json$/.test(name)) return 'json'
  if (/\.ya?ml$/.test(name)) return 'yaml'
  if (/^\.env|\.env$/.test(name)) return 'env'
  throw CliError.usage(
    'Which format is it? Its name does not tell: give --format env, json or yaml.',
  )
}
