import type { IgnoreStep } from '../model.ts'
import { type PathFault, PLAIN_NAME, tellFault } from './ignore-path-faults.ts'

type ReadStep = { readonly step: IgnoreStep; readonly end: number }
type ReadText = { readonly text: string; readonly end: number }

/**
 * Reads a step in brackets that begins at a place of the text: `[*]`, `[0]`, `["a.b/c"]`, `[="x"]` or
 * `[containerPort=80,protocol=TCP]`, whose order means nothing.
 */
export function readBracket(text: string, at: number): ReadStep | PathFault {
  const simple = /^\[\s*(\*|0|[1-9]\d*)\s*\]/.exec(text.slice(at))
  if (simple?.[1] !== undefined) {
    const step: IgnoreStep = simple[1] === '*' ? { any: 'one' } : { index: Number(simple[1]) }
    return { step, end: at + simple[0].length }
  }
  const inside = skipSpace(text, at + 1)
  if (text[inside] === '=') {
    const value = readText(text, skipSpace(text, inside + 1))
    return 'message' in value ? value : close(text, { step: { value: value.text }, end: value.end })
  }
  const quoted = readQuoted(text, inside)
  if (quoted !== null && text[skipSpace(text, quoted.end)] === ']') return close(text, { step: { field: quoted.text }, end: quoted.end })
  return readElement(text, at)
}

function readElement(text: string, at: number): ReadStep | PathFault {
  const element: (readonly [string, string])[] = []
  let end = at
  while (element.length === 0 || text[end] === ',') {
    const begin = skipSpace(text, end + 1)
    const name = readQuoted(text, begin) ?? readPlain(text, begin)
    if (name === null && /^["']/.test(text.slice(begin))) return tellFault(text, begin, 'opens quotes that do not close as they should')
    if (name === null) return tellFault(text, element.length === 0 ? at : begin, 'is followed by no name')
    const sign = skipSpace(text, name.end)
    if (text[sign] !== '=') return tellFault(text, sign, 'stands where `=` and a value are expected, or quotes around the name')
    const value = readText(text, skipSpace(text, sign + 1))
    if ('message' in value) return value
    element.push([name.text, value.text])
    end = skipSpace(text, value.end)
  }
  return close(text, { step: { element }, end })
}

function close(text: string, read: ReadStep): ReadStep | PathFault {
  const end = skipSpace(text, read.end)
  return text[end] === ']'
    ? { step: read.step, end: end + 1 }
    : tellFault(text, end, 'stands where `]` is expected, or `,` and another field')
}

function readText(text: string, at: number): ReadText | PathFault {
  const quoted = readQuoted(text, at)
  if (quoted !== null) return quoted
  const bare = /^[^\],"'=[]+/.exec(text.slice(at))?.[0]
  if (bare === undefined)
    return tellFault(text, at, /^["']/.test(text.slice(at)) ? 'opens quotes that do not close as they should' : 'is no value')
  return { text: bare.trim(), end: at + bare.length }
}

function readPlain(text: string, at: number): ReadText | null {
  const name = PLAIN_NAME.exec(text.slice(at))?.[0]
  return name === undefined ? null : { text: name, end: at + name.length }
}

/** Double quotes with JSON's escapes, as `formatPath` writes them, or single quotes, between which nothing is special. */
function readQuoted(text: string, at: number): ReadText | null {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'[^']*')/s.exec(text.slice(at))?.[0]
  if (quoted === undefined) return null
  const content = quoted.startsWith("'") ? quoted.slice(1, -1) : readJson(quoted)
  return content === null ? null : { text: content, end: at + quoted.length }
}

function readJson(quoted: string): string | null {
  try {
    return JSON.parse(quoted) as string
  } catch {
    // A bad escape: the caller says where it stands.
    return null
  }
}

function skipSpace(text: string, at: number): number {
  return at + (/^ */.exec(text.slice(at))?.[0].length ?? 0)
}
