import { isUtf8 } from 'node:buffer'
import express, { type Request, type Response } from 'express'
import { Invalid, Refused } from '../errors.ts'

/** 1 MiB: a value of 64 KiB in base64 fits sixteen times. */
const parse = express.json({
  limit: '1mb',
  strict: true,
  inflate: false,
  // Decoding would put U+FFFD in place of other bytes, and keep a value that nobody sent.
  verify: (_, __, bytes) => {
    if (!isUtf8(bytes)) throw new Error('not UTF-8')
  },
})

const MAX_DEPTH = 16

/** Reads a JSON body, after authentication: nobody without a token makes us parse anything. */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return undefined
  if (!request.is('application/json')) {
    throw new Refused('malformed', 'Send JSON, with the header `Content-Type: application/json`.')
  }
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error: unknown) =>
      error === undefined ? resolve() : reject(inOurWords(error)),
    )
  })
  checkShape(request.body)
  return request.body
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** body-parser's errors carry the body, and the start of it in their message. */
function inOurWords(error: unknown): Refused {
  const { type } = error as { readonly type?: string }
  if (type === 'entity.too.large') {
    return new Refused('too_large', 'A request body has at most 1 MiB.')
  }
  if (type === 'encoding.unsupported') {
    return new Refused('malformed', 'Send the body without Content-Encoding.')
  }
  if (type === 'entity.verify.failed') {
    return new Refused('malformed', 'The body is not UTF-8. A binary value is sent in base64.')
  }
  return new Refused('malformed', 'The body is not a JSON object.')
}

/** Refuses nesting that no operation needs, and keys that mean something to JavaScript. */
function checkShape(body: unknown): void {
  let level: { value: object; path: string[] }[] = isContainer(body)
    ? [{ value: body, path: [] }]
    : []
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      throw new Refused('malformed', `The body is nested more than ${MAX_DEPTH} levels deep.`)
    }
    level = level.flatMap(({ value, path }) => {
      if (Object.hasOwn(value, '__proto__')) {
        throw new Invalid([
          {
            path: [...path, '__proto__'],
            code: 'unknown_field',
            detail: 'There is no such field here. Leave it out.',
          },
        ])
      }
      return Object.entries(value).flatMap(([key, child]) =>
        isContainer(child) ? [{ value: child, path: [...path, key] }] : [],
      )
    })
  }
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null
