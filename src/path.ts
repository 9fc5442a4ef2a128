import type { Path, PathStep, Scalar } from './model.ts'

const PLAIN_FIELD = /^[A-Za-z0-9_$-]+/
const PLAIN_VALUE = /^[A-Za-z0-9_.:/-]+/
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
const QUOTED = /^"(?:[^"\\]|\\.)*"/

/**
 * Writes a path the way people write one, so that no two paths look the same:
 * `spec.template.spec.containers[name=app].env[name=DEBUG]`, `ports[containerPort=80,protocol=TCP]`,
 * `metadata.annotations["a.b/c"]` (fields that hold more than letters, digits, `_`, `-`, `$`),
 * `metadata.finalizers[="x"]` (an element of a set), `args[0]` (a place in a list).
 *
 * @returns the empty string for the empty path, which names the whole object
 */
export function formatPath(path: Path): string {
  return path.reduce((text, step) => text + formatStep(step, text === ''), '')
}

/**
 * Reads what `formatPath` writes.
 *
 * @returns null when the text is not a path
 */
export function parsePath(text: string): Path | null {
  const path: PathStep[] = []
  let rest = text
  while (rest !== '') {
    const parsed = rest.startsWith('[') ? parseBracket(rest) : parseField(rest, path.length === 0)
    if (parsed === null) return null
    path.push(parsed.step)
    rest = parsed.rest
  }
  return path
}

function formatStep(step: PathStep, isFirst: boolean): string {
  if ('index' in step) return `[${step.index}]`
  if ('value' in step) return `[=${formatScalar(step.value)}]`
  if ('key' in step) {
    const pairs = Object.entries(step.key).map(
      ([name, value]) => `${isPlainField(name) ? name : JSON.stringify(name)}=${formatKeyValue(value)}`,
    )
    return `[${pairs.join(',')}]`
  }
  if (!isPlainField(step.field)) return `[${JSON.stringify(step.field)}]`
  return isFirst ? step.field : `.${step.field}`
}

function isPlainField(name: string): boolean {
  return PLAIN_FIELD.exec(name)?.[0] === name
}

/** Strings go without quotes where they cannot be taken for another scalar: `name=app`, but `port="80"`. */
function formatKeyValue(value: Scalar): string {
  const isPlain = typeof value === 'string' && PLAIN_VALUE.exec(value)?.[0] === value && typeof readBareWord(value) === 'string'
  return isPlain ? value : formatScalar(value)
}

function formatScalar(value: Scalar): string {
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

type Parsed<T> = { readonly rest: string } & T

function parseField(text: string, isFirst: boolean): Parsed<{ step: PathStep }> | null {
  if (!isFirst && !text.startsWith('.')) return null
  const body = isFirst ? text : text.slice(1)
  const field = PLAIN_FIELD.exec(body)?.[0]
  return field === undefined ? null : { step: { field }, rest: body.slice(field.length) }
}

function parseBracket(text: string): Parsed<{ step: PathStep }> | null {
  const index = /^\[(0|[1-9]\d*)\]/.exec(text)
  if (index?.[1] !== undefined) return { step: { index: Number(index[1]) }, rest: text.slice(index[0].length) }
  if (text.startsWith('[=')) return close(parseScalar(text.slice(2)), (value) => ({ value }))
  const quoted = QUOTED.exec(text.slice(1))?.[0]
  if (quoted !== undefined && text[1 + quoted.length] === ']') {
    return close(parseScalar(text.slice(1)), (field) => (typeof field === 'string' ? { field } : null))
  }
  return parseKey(text)
}

function close(parsed: Parsed<{ value: Scalar }> | null, toStep: (value: Scalar) => PathStep | null): Parsed<{ step: PathStep }> | null {
  const step = parsed?.rest.startsWith(']') ? toStep(parsed.value) : null
  return parsed === null || step === null ? null : { step, rest: parsed.rest.slice(1) }
}

function parseKey(text: string): Parsed<{ step: PathStep }> | null {
  const pairs: [string, Scalar][] = []
  let rest = text
  while (pairs.length === 0 || rest.startsWith(',')) {
    const body = rest.slice(1)
    const written = QUOTED.exec(body)?.[0] ?? PLAIN_FIELD.exec(body)?.[0]
    if (written === undefined || body[written.length] !== '=') return null
    const name = written.startsWith('"') ? readJson(written) : written
    const value = parseScalar(body.slice(written.length + 1))
    if (typeof name !== 'string' || value === null) return null
    pairs.push([name, value.value])
    rest = value.rest
  }
  return rest.startsWith(']') ? { step: { key: Object.fromEntries(pairs) }, rest: rest.slice(1) } : null
}

function parseScalar(text: string): Parsed<{ value: Scalar }> | null {
  const quoted = QUOTED.exec(text)?.[0]
  if (quoted !== undefined) {
    const value = readJson(quoted)
    return value === null ? null : { value, rest: text.slice(quoted.length) }
  }
  const word = /^[^\],]+/.exec(text)?.[0]
  return word === undefined ? null : { value: readBareWord(word), rest: text.slice(word.length) }
}

/** Integers that a number cannot hold exactly become `bigint`, as everywhere in the model. */
function readBareWord(word: string): Scalar {
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'null') return null
  if (!NUMBER.test(word)) return word
  const number = Number(word)
  return /^-?\d+$/.test(word) && !Number.isSafeInteger(number) ? BigInt(word) : number
}

function readJson(quoted: string): string | null {
  try {
    return JSON.parse(quoted) as string
  } catch {
    // Not a JSON string (a bad escape): the text is not a path, which the caller is told.
    return null
  }
}
