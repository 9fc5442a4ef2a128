import { type Scalar as ScalarNode, stringify } from 'yaml'
import { isComposite } from '../compare/json.ts'
import { nameValue } from '../compare/name-value.ts'
import type { Json } from '../model.ts'

/** How a file is written, so that what is added looks like the rest. */
export type Style = {
  readonly eol: string
  /** Spaces for each level. */
  readonly step: number
  /** Whether the dashes of a list stand further in than its key. */
  readonly indentLists: boolean
}

/** YAML 1.1 is what Helm reads: in it, `yes` and `0440` are no texts, and have to be quoted. */
const PLAIN = { lineWidth: 0, version: '1.1' } as const

/** A value as a block, its lines without their indentation. */
export function writeBlock(value: Json, { step, indentLists }: Style): readonly string[] {
  const text = stringify(value, { ...PLAIN, indent: step, indentSeq: indentLists, aliasDuplicateObjects: false })
  return text.replace(/\n$/, '').split('\n')
}

/** A scalar or an empty collection on one line, as plain as it can be. Texts of several lines are quoted. */
export function writeInline(value: Json): string {
  if (isComposite(value) || (typeof value === 'string' && /[\n\r]/.test(value))) return nameValue(value)
  return stringify(value, PLAIN).replace(/\n$/, '')
}

/** JSON is YAML: for what stands within brackets. */
export function writeFlow(value: Json): string {
  return nameValue(value)
}

/**
 * Ways to write a scalar in place of another one, the one that looks like it first. A block text keeps its header and
 * its indentation.
 *
 * @param source the old one, as it stands in the file
 */
export function writeLike(node: ScalarNode, source: string, value: Json, eol: string): readonly string[] {
  const plain = writeInline(value)
  const alike = typeof value === 'string' ? writeInStyle(node, source, value, eol) : []
  return [...alike, plain, nameValue(value)]
}

function writeInStyle({ type }: ScalarNode, source: string, value: string, eol: string): readonly string[] {
  if (type === 'QUOTE_DOUBLE') return [JSON.stringify(value)]
  if (type === 'QUOTE_SINGLE') return /[\n\r]/.test(value) ? [] : [`'${value.replaceAll("'", "''")}'`]
  if (type === 'BLOCK_LITERAL') return writeLiteral(source, value, eol)
  return /[\n\r]/.test(value) || type === 'BLOCK_FOLDED' ? [] : [value]
}

function writeLiteral(source: string, value: string, eol: string): readonly string[] {
  const [header = '', ...lines] = source.split(/\r?\n/)
  const pad = /^\s*/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0] ?? ''
  if (pad === '') return []
  const body = value.replace(/\n$/, '').split('\n')
  const chomp = value.endsWith('\n') ? '' : '-'
  const text = (head: string) => [head, ...body.map((line) => (line === '' ? '' : pad + line))].join(eol) + eol
  return [text(header), text(header.replace(/[+-]/, '').replace('|', `|${chomp}`))]
}
