import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { isComposite } from '../compare/json.ts'
import type { Json, JsonObject } from '../model.ts'
import { getKey, type Key, setKey } from './keys.ts'
import { detectStyle, endOfLine, indentOf, type Splice, startOfLine } from './splice.ts'
import { type Style, writeBlock, writeFlow, writeInline, writeLike } from './write-yaml.ts'

/** Where the walk along a key ends: at the node itself, or at the one below which the rest of the key is missing. */
type Found = {
  readonly node: Node | null
  /** What holds it, and in it; null for the document itself. */
  readonly pair: Pair<Node, Node | null> | null
  readonly parent: YAMLMap | YAMLSeq | null
  readonly rest: Key
}

/**
 * The ways to set a key in a text, the one that looks most like the rest first. They are not checked.
 *
 * @param before what the text holds
 */
export function proposeSplices(text: string, before: JsonObject, key: Key, value: Json | undefined): readonly Splice[] {
  const document = parseDocument(text, { uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'error' })
  const style = detectStyle(text, document.contents)
  const found = descend(document.contents as Node | null, key)
  if (value === undefined) return found.rest.length > 0 ? [] : proposeRemoval(text, found, style)
  if (found.rest.length === 0) return proposeValue(text, found, value, style)
  const below = found.rest.reduceRight<Json>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value)
  const { node } = found
  if (isMap(node) && node.items.length > 0 && typeof found.rest[0] === 'string') return [insertPair(text, node, below as JsonObject, style)]
  if (isSeq(node) && node.items.length > 0 && typeof found.rest[0] === 'number') {
    return [insertItem(text, node, (below as readonly Json[])[0] ?? null, style)]
  }
  // An alias, an empty collection, or nothing: it is written anew, with all that it stands for.
  const start = key.slice(0, key.length - found.rest.length)
  const held = getKey(before, start)
  return proposeValue(text, found, setKey(held ?? undefined, found.rest, value) ?? null, style)
}

function descend(root: Node | null, key: Key): Found {
  let found: Found = { node: root, pair: null, parent: null, rest: key }
  for (const [index, step] of key.entries()) {
    const { node } = found
    const rest = key.slice(index + 1)
    if (isMap(node) && typeof step === 'string') {
      const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === step) as Pair<Node, Node | null>
      if (pair === undefined) return found
      found = { node: pair.value, pair, parent: node, rest }
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      found = { node: node.items[step] as Node, pair: null, parent: node, rest }
    } else return found
  }
  return found
}

function proposeValue(text: string, { node, pair, parent }: Found, value: Json, style: Style): readonly Splice[] {
  const { eol } = style
  const [start = 0, end = 0] = node?.range ?? []
  if (node === null || parent === null) {
    const lead = text === '' || text.endsWith('\n') ? '' : eol
    return [{ start: text.length, end: text.length, text: `${lead}${writeBlock(value, style).join(eol)}${eol}` }]
  }
  if (parent.flow) {
    const alike = isScalar(node) && !isComposite(value) ? writeLike(node, text.slice(start, end), value, eol) : []
    return [...alike, writeFlow(value)].map((token) => ({ start, end, text: token }))
  }
  if (isScalar(node) && !isComposite(value)) {
    const source = text.slice(start, end)
    const space = source === '' && text[start - 1] === ':' ? ' ' : ''
    return writeLike(node, source, value, eol).map((token) => ({ start, end, text: space + keepEnd(source, token, eol) }))
  }
  const isBlock = isComposite(value) && Object.keys(value as object).length > 0
  if (pair === null) return [{ start, end, text: isBlock ? writeFlow(value) : writeInline(value) }]
  const colon = text.indexOf(':', pair.key.range?.[1] ?? start) + 1
  const column = indentOf(text, pair.key.range?.[0] ?? 0)
  if (!isBlock) return [{ start: colon, end: trimEnd(text, end), text: ` ${writeInline(value)}` }]
  const pad = ' '.repeat(column + (Array.isArray(value) && !style.indentLists ? 0 : style.step))
  const block = writeBlock(value, style).map((line) => (line === '' ? '' : pad + line))
  const isOneLine = startOfLine(text, start) === startOfLine(text, colon)
  // What stands behind an empty collection on its line is a comment, and stays there.
  const tail =
    isOneLine && (isScalar(node) || isAlias(node) || isEmptyCollection(node))
      ? text.slice(end, endOfLine(text, end)).replace(/\r$/, '')
      : ''
  const stop = isOneLine ? endOfLine(text, end) : trimEnd(text, end)
  const cr = isOneLine && text[stop - 1] === '\r' ? stop - 1 : stop
  return [{ start: colon, end: cr, text: `${tail.trim() === '' ? '' : tail}${eol}${block.join(eol)}` }]
}

function isEmptyCollection(node: Node): boolean {
  return (isMap(node) || isSeq(node)) && node.items.length === 0
}

/** A block text ends with its line break, and a plain one does not. */
function keepEnd(source: string, token: string, eol: string): string {
  return source.endsWith('\n') && !token.endsWith('\n') ? token + eol : token
}

function insertPair(text: string, map: YAMLMap, added: JsonObject, style: Style): Splice {
  if (map.flow) return insertFlow(text, map, writeFlow(added).slice(1, -1))
  const [first] = map.items
  const column = indentOf(text, (first?.key as Node | undefined)?.range?.[0] ?? 0)
  return insertLines(text, map, writeBlock(added, style), column, style)
}

function insertItem(text: string, list: YAMLSeq, added: Json, style: Style): Splice {
  if (list.flow) return insertFlow(text, list, writeFlow(added))
  const column = indentOf(text, list.range?.[0] ?? 0)
  return insertLines(text, list, writeBlock([added], style), column, style)
}

function insertFlow(text: string, node: YAMLMap | YAMLSeq, added: string): Splice {
  const close = (node.range?.[1] ?? 1) - 1
  const end = close - (/\s*$/.exec(text.slice(0, close))?.[0].length ?? 0)
  return { start: end, end, text: `${text[end - 1] === ',' ? ' ' : ', '}${added}` }
}

function insertLines(text: string, node: YAMLMap | YAMLSeq, lines: readonly string[], column: number, { eol }: Style): Splice {
  const last = trimEnd(text, node.range?.[1] ?? text.length)
  const end = endOfLine(text, last)
  const hasBreak = end < text.length
  const block = lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line)).join(eol)
  return hasBreak ? { start: end + 1, end: end + 1, text: block + eol } : { start: end, end, text: eol + block }
}

function proposeRemoval(text: string, { node, pair, parent }: Found, style: Style): readonly Splice[] {
  if (parent === null) return []
  if (parent.items.length === 1) {
    const [start = 0, end = 0] = parent.range ?? []
    const empty = isMap(parent) ? '{}' : '[]'
    const from = text.slice(0, start).search(/\s*$/)
    return [
      { start: text[from - 1] === ':' ? from : start, end: trimEnd(text, end), text: text[from - 1] === ':' ? ` ${empty}` : empty },
      { start: startOfLine(text, start), end, text: '' },
    ]
  }
  const [from = 0] = pair?.key.range ?? node?.range ?? []
  const last = trimEnd(text, node?.range?.[1] ?? pair?.key.range?.[1] ?? from)
  if (parent.flow) {
    const after = /^\s*,\s*/.exec(text.slice(last))?.[0].length
    const before = /\s*,?\s*$/.exec(text.slice(0, from))?.[0].length ?? 0
    return [after === undefined ? { start: from - before, end: last, text: '' } : { start: from, end: last + after, text: '' }]
  }
  const end = Math.min(endOfLine(text, last) + 1, text.length)
  const lead = text.slice(startOfLine(text, from), from)
  if (pair === null || lead.trim() === '') return [{ start: startOfLine(text, from), end, text: '' }]
  // The first field of a list element stands behind its dash, which the next one takes over.
  const next = end + (/^[ ]*/.exec(text.slice(end))?.[0].length ?? 0)
  return style.step > 0 ? [{ start: from, end: next, text: '' }] : []
}

/** The end of what has content: block collections reach over the line breaks behind them. */
function trimEnd(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length
}
