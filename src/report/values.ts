import { isList, isObject } from '../compare/json.ts'
import type { Finding, Json, Path } from '../model.ts'
import { formatPath } from '../path.ts'
import { nameObject } from './describe-finding.ts'
import { REDACTED_TEXT } from './secrets.ts'

/** Strings that read as themselves; others are quoted, so that `"true"` and `true`, `"5"` and `5` stay apart. */
const PLAIN =
  /^(?!(?:true|false|null|yes|no|on|off|~|[-+]?[\d.][\d._eExXa-fA-F]*)$)[^\s"'`{}[\],&*!|>%@#\\\p{C}](?:[^"\\\p{C}]*[^\s"\\\p{C}])?$/iu

/** A value on one line, as a person would write it: YAML's flow style. */
export function formatValue(value: Json | undefined): string {
  if (value === undefined) return '(absent)'
  if (typeof value === 'string') return PLAIN.test(value) ? value : JSON.stringify(value)
  if (isRedacted(value)) return REDACTED_TEXT
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, child]) => `${formatValue(name)}: ${formatInner(child)}`)
    return `{${entries.join(', ')}}`
  }
  if (isList(value)) return `[${value.map(formatInner).join(', ')}]`
  return String(value)
}

/** `formatValue`, and `DEBUG=true` for an environment variable that is there or not as a whole. */
export function formatValueAt(path: Path, value: Json | undefined): string {
  const last = path.at(-1)
  const list = path.at(-2)
  const isVariable = last !== undefined && 'key' in last && list !== undefined && 'field' in list && list.field === 'env'
  if (!isVariable || !isObject(value) || typeof value.name !== 'string') return formatValue(value)
  const fields = Object.keys(value)
  if (fields.length === 1) return `${value.name}=`
  if (fields.length > 2 || value.value === undefined) return formatValue(value)
  const text = value.value
  return `${value.name}=${typeof text === 'string' && !/[\s"'\\\p{C}]/u.test(text) ? text : formatValue(text)}`
}

/** One side of a finding; a secret live side says that it differs, as the two would look the same otherwise. */
export function formatSide(finding: Finding, side: 'desired' | 'live'): string {
  const { change, equal, path } = finding
  if (side === 'live' && change === 'changed' && equal === false && isRedacted(finding.live)) return '(redacted, differs)'
  return formatValueAt(path, finding[side])
}

/** Whether a side is `{"redacted": true}`. */
function isRedacted(value: Json | undefined): boolean {
  return isObject(value) && value.redacted === true && Object.keys(value).length === 1
}

/** Cuts a text after `most` characters and says how many were left out. Text within a few of them stays whole. */
export function shorten(text: string, most: number): string {
  const characters = [...text]
  if (characters.length <= most + 8) return text
  const left = characters.length - most
  return `${characters.slice(0, most).join('')}… (${left.toLocaleString('en')} more characters)`
}

/** What happened, in the fewest words: `replicas 3 -> 5`, `+env DEBUG`, `image changed`, `Service/web missing`. */
export function formatFact(finding: Finding, arrow: string): string {
  const { object, path, change } = finding
  if (change === 'missing-object') return `${object.kind}/${object.name} missing`
  if (change === 'extra-object') return `+${object.kind}/${object.name}`
  const name = nameEnd(path)
  if (change === 'added') return `+${name}`
  if (change === 'removed') return `-${name}`
  const sides = `${formatValue(finding.desired)} ${arrow} ${formatValue(finding.live)}`
  return finding.equal === undefined && sides.length <= 32 && !/\\/.test(sides) ? `${name} ${sides}` : `${name} changed`
}

/**
 * What happened to which object: `Deployment/web: replicas 3 → 5`, `Service/web missing`.
 *
 * @param namespace the target's own, which is left out
 */
export function formatNamedFact(finding: Finding, namespace: string): string {
  const name = nameObject(finding.object, namespace)
  if (finding.change === 'missing-object') return `${name} missing`
  if (finding.change === 'extra-object') return `+${name}`
  return `${name}: ${formatFact(finding, '→')}`
}

/** The end of a path that a person would name: `replicas`, `env DEBUG`, `annotation a.b/c`. */
export function nameEnd(path: Path): string {
  const fields = path.at(-1) !== undefined && 'field' in (path.at(-1) ?? {}) && readField(path, -1) === 'value' ? path.slice(0, -1) : path
  const last = fields.at(-1)
  if (last === undefined) return 'object'
  if ('field' in last) {
    const map = readField(fields, -2)
    if (map === 'labels' || map === 'annotations') return `${map.slice(0, -1)} ${last.field}`
    return map === 'data' ? `data ${last.field}` : last.field
  }
  const name = 'key' in last ? Object.values(last.key).map(String).join('/') : 'value' in last ? String(last.value) : `[${last.index}]`
  return `${readField(fields, -2) || formatPath(fields.slice(0, -1))} ${name}`.trim()
}

function readField(path: Path, at: number): string {
  const step = path.at(at)
  return step !== undefined && 'field' in step ? step.field : ''
}

/** Inside braces and brackets a comma or a colon would end a plain string. */
function formatInner(value: Json): string {
  return typeof value === 'string' && /[,:{}[\]]/.test(value) ? JSON.stringify(value) : formatValue(value)
}
