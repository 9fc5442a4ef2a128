import { isCalendarDate } from '../calendar.ts'
import { isObject } from '../compare/json.ts'
import type { DesiredObject, IgnoreRule, Note, ObjectRef } from '../model.ts'
import { readIgnorePath } from './ignore-path.ts'
import type { PathFault } from './ignore-path-faults.ts'

/** Counts in the manifest that Git renders, and never on the live object: whoever edits that could hide the edit with it. */
export const IGNORE_ANNOTATION = 'plumbline.dev/ignore'

const HOW = 'Write `PATH: reason` or `PATH until YYYY-MM-DD: reason`, one rule per line.'
/** What follows the path of a line. */
const REST = /^(?:\s+until\s+(\S+?))?\s*:\s*(.*)$/

/**
 * Reads the ignore rules that a rendered object carries for itself: one on each line of its annotation
 * `plumbline.dev/ignore`, `PATH: reason` or `PATH until YYYY-MM-DD: reason`. A line may begin with `- `.
 *
 * @returns the rules, and a note for each line that is none; such a line ignores nothing, the others stand
 */
export function readIgnoreAnnotation({ ref, object, template }: DesiredObject): {
  readonly rules: readonly IgnoreRule[]
  readonly notes: readonly Note[]
} {
  const annotations = isObject(object.metadata) ? object.metadata.annotations : undefined
  const value = isObject(annotations) && Object.hasOwn(annotations, IGNORE_ANNOTATION) ? annotations[IGNORE_ANNOTATION] : undefined
  if (value === undefined || value === null) return { rules: [], notes: [] }
  const place = template ?? 'the rendered manifest'
  const lines = typeof value === 'string' ? value.split(/\r?\n/) : []
  const written = lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ text: line.trim().replace(/^- +/, ''), number: index + 1 }]))
  const notes: Note[] = []
  const rules = written.flatMap(({ text, number }): IgnoreRule[] => {
    const where = `${place} (${IGNORE_ANNOTATION} of ${ref.kind}/${ref.name}, line ${number})`
    const read = readLine(text)
    if (!('message' in read)) return [{ ...describeObject(ref), ...read, where }]
    notes.push(tellFault(ref, where, read))
    return []
  })
  if (written.length === 0) {
    notes.push(tellFault(ref, `${place} (${IGNORE_ANNOTATION} of ${ref.kind}/${ref.name})`, { message: 'It holds no rule.', remedy: HOW }))
  }
  return { rules, notes }
}

type Line = Pick<IgnoreRule, 'path' | 'reason' | 'expires'>

function readLine(text: string): Line | PathFault {
  const read = readIgnorePath(text)
  if ('message' in read) return read
  const rest = REST.exec(text.slice(read.end))
  if (rest === null) {
    return { message: `\`${shorten(text)}\` has no colon and reason after the path \`${read.path.text}\`.`, remedy: HOW }
  }
  const [, expires = null, reason = ''] = rest
  if (expires !== null && !isCalendarDate(expires)) {
    return { message: `\`${shorten(expires)}\` is not a date.`, remedy: 'Write the last day as YYYY-MM-DD, for example `2027-01-31`.' }
  }
  if (reason === '') return { message: `\`${shorten(text)}\` gives no reason.`, remedy: HOW }
  return { path: read.path, reason, expires }
}

/** Rules of an annotation are only ever asked about their own object; this is how a report names them. */
function describeObject({ kind, name }: ObjectRef): Omit<IgnoreRule, keyof Line | 'where'> {
  return { target: null, kind, group: null, name, namespace: null, manager: null, unsupported: null }
}

function tellFault(object: ObjectRef, where: string, { message, remedy }: PathFault): Note {
  return { kind: 'ignore-annotation-fault', object, message: `An ignore rule in ${where} ignores nothing. ${message} ${remedy}` }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
