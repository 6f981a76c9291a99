import { ExactNumber, ValueError } from './value.ts'

/**
 * Reads decimal digits exactly: a `number` when its shortest form has the same digits, else an
 * `ExactNumber`. Terraform's numbers have 512 bits; a double has 53.
 */
export function numberFromText(text: string): number | ExactNumber {
  if (/^-?\d{1,15}$/.test(text)) return Number(text) + 0
  const digits = plainDigits(text)
  const double = Number(digits)
  return Number.isFinite(double) && plainDigits(String(double)) === digits
    ? double + 0
    : new ExactNumber(digits)
}

/**
 * Reads a double from the wire. It stands for exactly itself, so the double nearest to 0.1 is not the
 * decimal 0.1, which Terraform sends as text.
 */
export function numberFromDouble(double: number): number | ExactNumber {
  if (Number.isSafeInteger(double)) return double + 0
  if (!Number.isFinite(double)) throw new ValueError('expected a finite number')
  return numberFromText(exactDigits(double))
}

/** The digits of a number without exponent: what goes on the wire, and what equality compares. */
export function numberToText(value: number | ExactNumber): string {
  if (value instanceof ExactNumber) return value.digits
  if (!Number.isFinite(value)) throw new ValueError('expected a finite number')
  return Number.isSafeInteger(value) ? String(value + 0) : plainDigits(String(value))
}

// A hostile exponent would otherwise become that many digits.
const longest = 10_000

function plainDigits(text: string): string {
  const parts = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text)
  if (!parts) throw new ValueError('expected a number')
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts
  const shift = Number(exponent)
  if (Math.abs(shift) > longest || text.length > longest) {
    throw new ValueError('a number has too many digits')
  }
  const digits = whole + fraction
  const point = whole.length + shift
  const left = point > 0 ? digits.slice(0, point).padEnd(point, '0') : ''
  const right = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point)
  const integer = left.replace(/^0+/, '') || '0'
  const decimals = right.replace(/0+$/, '')
  const magnitude = decimals ? `${integer}.${decimals}` : integer
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude
}

/** Every digit of a double: it is mantissa × 2^exponent, and 2^-n is 5^n with the point n places left. */
function exactDigits(double: number): string {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, double)
  const raw = bits.getBigUint64(0)
  const biased = Number((raw >> 52n) & 0x7ffn)
  const mantissa = (raw & 0xf_ffff_ffff_ffffn) | (biased ? 1n << 52n : 0n)
  const exponent = (biased || 1) - 1075
  const sign = double < 0 ? '-' : ''
  if (exponent >= 0) return sign + String(mantissa << BigInt(exponent))
  return plainDigits(`${sign}${mantissa * 5n ** BigInt(-exponent)}e${exponent}`)
}
