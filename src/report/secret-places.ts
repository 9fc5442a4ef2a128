import { matchesGlob } from '../compare/glob.ts'
import { isObject } from '../compare/json.ts'
import type { Json, JsonObject, ObjectRef, Path } from '../model.ts'
import { formatPath } from '../path.ts'
import { isHarmlessValue, isSecretName } from './secrets.ts'

/**
 * What a team hides beyond the built-in rules: globs over paths as `formatPath` writes them, where `*` is any text and `?`
 * any one character: `spec.auth.*`, `data["app.yaml"]`, `*.env[name=LICENSE]`. All that lies below a match is hidden too.
 * A glob may also be the name of an environment variable, `LICENSE_*`, whose value it hides.
 */
export type RedactionRules = { readonly paths: readonly string[] }

/** The parts of a Secret that say nothing about its content; all else in it is hidden, known or not. */
const OPEN_SECRET_FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable', 'status'])
/** Copies of whole objects that tools keep in annotations. */
const COPY_ANNOTATION =
  /last-applied|applied-configuration|objectset\.rio\.cattle\.io\/applied|kapp\.k14s\.io\/original|previous-configuration/
/** Fields that hold the value of what something beside or above them names: `{name: PASSWORD, value: ...}`, `password: {value: ...}`. */
const VALUE_FIELDS = new Set([
  'value',
  'data',
  'content',
  'plain',
  'plaintext',
  'plainText',
  'inline',
  'literal',
  'text',
  'stringValue',
  'raw',
])

/** Whether a rule of the team hides this place. Elements of lists may be named by key or by number: any spelling counts. */
export function isHiddenByRule(spellings: readonly Path[], rules: RedactionRules): boolean {
  return rules.paths.some((glob) => spellings.some((path) => matchesGlob(glob, formatPath(path)) || matchesVariable(glob, path)))
}

function matchesVariable(glob: string, path: Path): boolean {
  const name = readField(path, -1) === 'value' && readField(path, -3) === 'env' ? readKey(path) : undefined
  return typeof name === 'string' && matchesGlob(glob, name)
}

/** Whether everything at this path is hidden, whatever its shape. */
export function isHiddenPath(ref: ObjectRef, path: Path, value: Json): boolean {
  if (path.length === 0) return false
  const field = readField(path, 0)
  const isMapOfSecrets = path.length === 1 && isObject(value)
  if (ref.kind === 'Secret' && !OPEN_SECRET_FIELDS.has(field)) return !(isMapOfSecrets && (field === 'data' || field === 'stringData'))
  if (field === 'binaryData') return !isMapOfSecrets
  return isAnnotation(path) && COPY_ANNOTATION.test(readField(path, -1))
}

/**
 * Whether a scalar's place says that it is a secret: the name of its field, variable or parameter.
 *
 * @param around the map that holds it, if known
 */
export function isSecretPlace(path: Path, value: Json, around: JsonObject | undefined): boolean {
  if (value === null || typeof value === 'boolean') return false
  if (typeof value === 'string' && isHarmlessValue(value)) return false
  if (isAnnotation(path)) return isSecretAnnotation(readField(path, -1))
  const { name, isEnv } = findName(path, around)
  if (typeof value === 'string') return isSecretName(name, isEnv)
  return isSecretName(name) && /passw|passphrase|pin|otp|secret/i.test(name)
}

/** `--password` as an element of its own: the next element is its value. */
export function isSecretFlag(item: Json | undefined): boolean {
  const flag = typeof item === 'string' ? /^--?([A-Za-z][\w.-]*)$/.exec(item)?.[1] : undefined
  return flag !== undefined && isSecretName(flag)
}

/** An annotation named `...-secret` holds a Secret's name by convention; `checksum/secret` can be guessed from, offline. */
function isSecretAnnotation(key: string): boolean {
  if (/checksum|hash|sha\d/i.test(key)) return /secret|credential|passw|token/i.test(key)
  return isSecretName((key.split('/').at(-1) ?? '').replace(/secrets?|credentials?|keys?\b/gi, 'ref'))
}

function findName(path: Path, around: JsonObject | undefined): { readonly name: string; readonly isEnv: boolean } {
  const field = readField(path, -1)
  if (field !== '' && !VALUE_FIELDS.has(field)) return { name: field, isEnv: false }
  const beside = around?.name ?? around?.key ?? readKey(path)
  if (typeof beside === 'string' && field !== '') return { name: beside, isEnv: true }
  // `password.value`, or an element of a list of scalars: the name is the nearest field above.
  const above = path.slice(0, -1).findLast((step) => 'field' in step)
  return { name: above !== undefined && 'field' in above ? above.field : field, isEnv: false }
}

function readKey(path: Path): Json | undefined {
  const step = path.at(-2)
  return step !== undefined && 'key' in step ? (step.key.name ?? step.key.key) : undefined
}

function isAnnotation(path: Path): boolean {
  const map = readField(path, -2)
  return (map === 'annotations' || map === 'labels') && path.length >= 3
}

function readField(path: Path, at: number): string {
  const step = path.at(at)
  return step !== undefined && 'field' in step ? step.field : ''
}
