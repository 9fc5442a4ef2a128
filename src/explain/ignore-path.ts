import type { IgnorePath, IgnoreStep } from '../model.ts'
import { readBracket } from './ignore-bracket.ts'
import { type PathFault, PLAIN_NAME, suggestPath, suggestQuotes, tellFault } from './ignore-path-faults.ts'

/** A path that was read, and where in the text it ends; or what is wrong with it. */
export type ReadPath = { readonly path: IgnorePath; readonly end: number } | PathFault

/**
 * Reads the path of an ignore rule, all of it: what `formatPath` writes, with `*` (any text within one step) and `?` (any
 * one character), a step `*` or `[*]` for any one step, and `**` for any number of them. Quotes may be double or single,
 * and a quoted name means the same as a plain one.
 */
export function parseIgnorePath(text: string): ReadPath {
  const read = readIgnorePath(text)
  if ('message' in read || read.end === text.length) return read
  return tellFault(text, read.end, 'cannot stand here')
}

/** The same for a text that begins with a path, as far as it goes. Gives at least one step. */
export function readIgnorePath(text: string): ReadPath {
  // JSONPath begins this way.
  if (text.trim() === '' || /^\$[.[]/.test(text)) return tellFault(text, 0, 'begins no path')
  const steps: IgnoreStep[] = []
  let at = 0
  while (at < text.length && (at === 0 || text[at] === '[' || text[at] === '.')) {
    const read = text[at] === '[' ? readBracket(text, at) : readName(text, at === 0 ? 0 : at + 1)
    if ('message' in read) return read
    steps.push(read.step)
    at = read.end
  }
  return findDottedKey(text, steps) ?? { path: { text: text.slice(0, at), steps: endInOneStep(steps) }, end: at }
}

/** A JSON pointer (RFC 6901) as a path. It has no wildcards: every token is a field by its very name, or a place in a list. */
export function parseJsonPointer(text: string): ReadPath {
  const fault = findPointerFault(text)
  if (fault !== null) return fault
  const tokens = text.slice(1).split('/')
  const steps = tokens.map((token) => ({ token: token.replaceAll('~1', '/').replaceAll('~0', '~') }))
  return { path: { text, steps }, end: text.length }
}

function findPointerFault(text: string): PathFault | null {
  const begin = 'Begin with `/` and the first field, for example `/spec/replicas`.'
  if (text === '' || text === '/')
    return { message: `\`${text}\` names no field.`, remedy: 'Give a place in it, or leave `json-pointers` out to cover all of it.' }
  if (!text.startsWith('/')) return { message: `\`${text}\` is not a JSON pointer.`, remedy: begin }
  if (/~(?![01])/.test(text))
    return { message: `\`${text}\` has a \`~\` that stands for nothing.`, remedy: 'Write `~0` for `~` and `~1` for `/`.' }
  if (!text.split('/').some((token) => /^\*+$/.test(token))) return null
  return {
    message: `\`${text}\` has a wildcard, which JSON pointers do not know.`,
    remedy: `Write it as a path instead: \`${suggestPath(text)}\`.`,
  }
}

function readName(text: string, at: number): { readonly step: IgnoreStep; readonly end: number } | PathFault {
  const name = PLAIN_NAME.exec(text.slice(at))?.[0]
  if (name === undefined) return tellFault(text, at, 'cannot begin a name')
  const end = at + name.length
  if (name === '*' || name === '**') return { step: { any: name === '*' ? 'one' : 'depth' }, end }
  if (name.includes('**')) return tellFault(text, at + name.indexOf('**'), 'stands for any number of steps only alone, between dots')
  return { step: { field: name }, end }
}

/** A path covers all below it, so a last `**` says what `*` says: something below, and not the place before it. */
function endInOneStep(steps: readonly IgnoreStep[]): readonly IgnoreStep[] {
  const last = steps.at(-1)
  return last !== undefined && 'any' in last ? [...steps.slice(0, -1), { any: 'one' }] : steps
}

/** Labels and annotations lie flat: a step below one of them is a dot in its name that was not quoted, and matches nothing. */
function findDottedKey(text: string, steps: readonly IgnoreStep[]): PathFault | null {
  const at = steps.findIndex((step, index) => isField(step, 'metadata') && FLAT_MAPS.some((map) => isField(steps[index + 1], map)))
  const below = steps.slice(at + 2)
  const remedy = suggestQuotes(text)
  if (at < 0 || remedy === null || below.length < 2 || !below.every((step) => 'field' in step)) return null
  return { message: `\`${text}\` leads below a label or an annotation, where nothing can be.`, remedy }
}

const FLAT_MAPS = ['labels', 'annotations'] as const

function isField(step: IgnoreStep | undefined, name: string): boolean {
  return step !== undefined && 'field' in step && step.field === name
}
