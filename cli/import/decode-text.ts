import { isUtf8 } from 'node:buffer'
import { CliError } from '../cli-error.ts'

/** The text of a file, which must be UTF-8: guessing another encoding would change values. */
export function decodeText(bytes: Buffer): string {
  if (bytes.length === 0) throw CliError.no('The file is empty.')
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw CliError.no('The file is in UTF-16. Save it as UTF-8.')
  }
  if (bytes.includes(0)) {
    throw CliError.no(
      'The file has a NUL byte, so it is no text. Save it as UTF-8; give binary values in base64.',
    )
  }
  if (!isUtf8(bytes)) {
    throw CliError.no('The file is not UTF-8. Save it as UTF-8; give binary values in base64.')
  }
  return bytes.toString('utf8').replace(/^\ufeff/, '')
}
