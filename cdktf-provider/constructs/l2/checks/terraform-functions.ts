/** What becomes of the text that a function of Terraform is given. */
export interface FunctionRole {
  /** Positions of arguments that only choose, such as a key: they are no part of the answer. */
  readonly choosing?: readonly number[]
  /** The answer comes from outside of the stack: from a file, or by chance. */
  readonly readsOutside?: boolean
  /** The answer is yes or no, or a number: nothing that was given is in it. */
  readonly onlyAsks?: boolean
  /** The keys of an object come out as text. */
  readonly answersKeys?: boolean
  /** The verbs of the text that comes first, such as `%s`, are no text of their own. */
  readonly formats?: boolean
}

/**
 * Of a function that is not in the table, a Terraform provider's say, all that goes in may come out.
 * https://developer.hashicorp.com/terraform/language/functions
 */
export function roleOf(name: string): FunctionRole {
  // `core::` is the namespace of Terraform's own functions, and may be left out.
  const own = name.replace(/^core::/, '')
  return Object.hasOwn(ROLES, own) ? ROLES[own as keyof typeof ROLES] : {}
}

const READS_A_FILE = { readsOutside: true, choosing: [0] } as const
const ONLY_ASKS = { onlyAsks: true } as const

const ROLES = {
  file: READS_A_FILE,
  filebase64: READS_A_FILE,
  filebase64sha256: READS_A_FILE,
  filebase64sha512: READS_A_FILE,
  filemd5: READS_A_FILE,
  filesha1: READS_A_FILE,
  filesha256: READS_A_FILE,
  filesha512: READS_A_FILE,
  // What the template is given besides its path goes into its text.
  templatefile: READS_A_FILE,
  fileset: { readsOutside: true, choosing: [0, 1] },
  uuid: { readsOutside: true },

  // Where to take it, or how much of it.
  chunklist: { choosing: [1] },
  element: { choosing: [1] },
  slice: { choosing: [1, 2] },
  substr: { choosing: [1, 2] },
  // How it is written, or how dearly made.
  bcrypt: { choosing: [1] },
  indent: { choosing: [0] },
  parseint: { choosing: [1] },

  // The key; the default that follows is an answer.
  lookup: { choosing: [1] },
  // The separator goes.
  split: { choosing: [0] },
  // The pattern chooses what is taken of the text.
  regex: { choosing: [0] },
  regexall: { choosing: [0] },
  // What is replaced goes, what replaces it stays.
  replace: { choosing: [1] },
  // What is cut off.
  trim: { choosing: [1] },
  trimprefix: { choosing: [1] },
  trimsuffix: { choosing: [1] },
  // The name of an encoding.
  textencodebase64: { choosing: [1] },
  textdecodebase64: { choosing: [1] },

  format: { formats: true },
  formatlist: { formats: true },

  keys: { answersKeys: true },
  transpose: { answersKeys: true },

  alltrue: ONLY_ASKS,
  anytrue: ONLY_ASKS,
  can: ONLY_ASKS,
  contains: ONLY_ASKS,
  endswith: ONLY_ASKS,
  fileexists: ONLY_ASKS,
  index: ONLY_ASKS,
  issensitive: ONLY_ASKS,
  length: ONLY_ASKS,
  startswith: ONLY_ASKS,
  strcontains: ONLY_ASKS,
} as const satisfies Readonly<Record<string, FunctionRole>>
