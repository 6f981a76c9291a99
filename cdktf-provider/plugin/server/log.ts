import { writeSync } from 'node:fs'

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]

/**
 * What a line may say besides its fixed message. There is no field for free text on purpose: an
 * attribute's value can be a secret, and Terraform forwards our lines to wherever `TF_LOG` goes.
 */
export interface LogFields {
  readonly rpc?: string
  /** Of a resource, a data source or an ephemeral resource. */
  readonly type?: string
  readonly durationMs?: number
  readonly error?: unknown
  /** Of an HTTP request: its method, and the template of its path, in which nothing is filled in. */
  readonly method?: string
  readonly route?: string
  readonly status?: number
  /** Which time it is that this is sent, from 1. */
  readonly attempt?: number
  /** What the server calls the request, to find it in its log. */
  readonly requestId?: string | undefined
  /** How long it will be until the next attempt. */
  readonly waitMs?: number
}

/**
 * Writes a line in hclog's JSON form, which Terraform parses from stderr and shows under TF_LOG. Of an
 * error it tells the class, the system's code and the stack's places, never the message.
 */
export function log(
  level: Level,
  message: string,
  { error, requestId, ...fields }: LogFields = {},
): void {
  if (levels.indexOf(level) < threshold()) return
  const line = {
    '@level': level,
    '@message': message,
    '@module': 'provider',
    // hclog wants exactly six digits of a second.
    '@timestamp': new Date().toISOString().replace('Z', '000Z'),
    ...fields,
    // It comes from outside, where something else may stand in its place.
    ...(/^[\w.-]{1,64}$/.test(requestId ?? '') ? { requestId } : {}),
    ...(error === undefined ? {} : describe(error)),
  }
  try {
    writeSync(2, `${JSON.stringify(line)}\n`)
  } catch {
    // Terraform is gone or its pipe is full: a log line is not worth failing for.
  }
}

/** Terraform drops everything when neither variable is set, except that it prints errors of a crash. */
function threshold(): number {
  const wanted = (process.env['TF_LOG_PROVIDER'] ?? process.env['TF_LOG'] ?? '').toLowerCase()
  if (wanted === 'json') return 0
  const index = (levels as readonly string[]).indexOf(wanted)
  return index < 0 ? levels.indexOf('error') : index
}

function describe(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = (error as NodeJS.ErrnoException).code
  const places = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return {
    error: error.constructor.name,
    ...(typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? { code } : {}),
    stack: places.map((line) => line.trim()).join('; '),
  }
}
