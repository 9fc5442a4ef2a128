import type { Scalar } from '../model.ts'

/**
 * What a YAML scalar means, exactly as go-yaml v2 decides it (`resolve.go`), which Helm, kubectl and the API
 * server use through sigs.k8s.io/yaml. It is neither YAML 1.1 nor 1.2: both octal forms, the long list of 1.1
 * booleans, underscores in numbers, but no sexagesimals, and dates stay text.
 * https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go
 */
export type Resolved = { readonly value: Scalar; readonly isFloat: boolean } | { readonly fault: string }

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word): [string, Scalar] => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word): [string, Scalar] => [word, false]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, Scalar] => [word, null]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, Scalar] => [word, Number.NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, Scalar] => [word, Number.POSITIVE_INFINITY]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, Scalar] => [word, Number.NEGATIVE_INFINITY]),
])
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const PREFIX = 'tag:yaml.org,2002:'

/**
 * Resolves one scalar.
 * @param text its text, unescaped
 * @param tag its explicit tag (`tag:yaml.org,2002:int`, `!custom`), or null
 * @param plain true when it is written without quotes and is no block scalar
 * @returns the value, or why the text does not fit the tag. Infinity and NaN are returned as such: JSON refuses them later.
 */
export function resolveScalar(text: string, tag: string | null, plain: boolean): Resolved {
  if (tag === null) return plain ? describe(resolvePlain(text), text) : { value: text, isFloat: false }
  if (!tag.startsWith(PREFIX)) return { value: text, isFloat: false }
  const kind = tag.slice(PREFIX.length)
  if (kind === 'binary') return decodeBinary(text)
  // Any text is a good !!str; !!timestamp is kept as text, as go-yaml does for untyped values.
  if (!['bool', 'int', 'float', 'null'].includes(kind)) return { value: text, isFloat: false }
  const resolved = describe(resolvePlain(text), text)
  if (kind === 'float' && isNumber(resolved.value)) return { value: resolved.value, isFloat: true }
  const fits = kind === nameKind(resolved.value, resolved.isFloat)
  return fits ? resolved : { fault: `"${text}" is not a valid !!${kind}` }
}

function describe(value: Scalar, text: string): { readonly value: Scalar; readonly isFloat: boolean } {
  return { value, isFloat: isNumber(value) && resolveInteger(text.replaceAll('_', '')) === null }
}

function isNumber(value: Scalar): boolean {
  return typeof value === 'number' || typeof value === 'bigint'
}

function nameKind(value: Scalar, isFloat: boolean): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  return isFloat ? 'float' : 'int'
}

function resolvePlain(text: string): Scalar {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  // Go's ParseFloat itself takes single underscores between digits.
  if (/^\./.test(text)) return resolveFloat(text.replace(/(?<=[0-9])_(?=[0-9])/g, '')) ?? text
  if (!/^[-+0-9]/.test(text)) return text
  const digits = text.replaceAll('_', '')
  return resolveInteger(digits) ?? resolveFloat(digits) ?? text
}

/** Go's `strconv.ParseInt(s, 0, 64)`, then `ParseUint`, then go-yaml's own `0b` rule, which allows a sign after the prefix. */
function resolveInteger(digits: string): Scalar | null {
  const match = /^([-+]?)(?:(0[xX])([0-9a-fA-F]+)|(0[bB])([01]+)|(0[oO]?)([0-7]+)|(0|[1-9][0-9]*))$/.exec(digits)
  const odd = /^0b([-+])([01]+)$/.exec(digits)
  if (odd !== null) return limitInteger(`0b${odd[2]}`, odd[1] ?? '')
  if (match === null) return null
  const [, sign = '', , hex, , binary, , octal, decimal] = match
  if (hex !== undefined) return limitInteger(`0x${hex}`, sign)
  if (binary !== undefined) return limitInteger(`0b${binary}`, sign)
  if (octal !== undefined) return limitInteger(`0o${octal}`, sign)
  return limitInteger(decimal ?? '0', sign)
}

function limitInteger(literal: string, sign: string): Scalar | null {
  const value = sign === '-' ? -BigInt(literal) : BigInt(literal)
  // A signed text has to fit int64, an unsigned one uint64; anything larger becomes a float in go-yaml.
  const largest = sign === '' ? 2n ** 64n - 1n : 2n ** 63n - 1n
  if (value > largest || value < -(2n ** 63n)) return null
  return narrowInteger(value)
}

function resolveFloat(text: string): Scalar | null {
  if (!FLOAT.test(text)) return null
  const value = Number(text)
  // Out of float64's range: Go's ParseFloat fails, and the text stays a string.
  return Number.isFinite(value) ? narrowFloat(value) : null
}

/** A number where it is exact, a bigint beyond 2^53. */
export function narrowInteger(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}

/** A float as Go writes it into JSON: integral ones below 1e21 become integers there, and `-0` is read back as 0. */
export function narrowFloat(value: number): number | bigint {
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21) return BigInt(String(value))
  return value === 0 ? 0 : value
}

function decodeBinary(text: string): Resolved {
  const packed = text.replace(/[\r\n]/g, '')
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)
  return valid
    ? { value: Buffer.from(packed, 'base64').toString('utf8'), isFloat: false }
    : { fault: 'a !!binary value is not valid base64' }
}
