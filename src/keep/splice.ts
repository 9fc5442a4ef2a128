import { isCollection, isMap, isSeq, type Node, visit } from 'yaml'
import type { Style } from './write-yaml.ts'

/** A piece of text in place of another. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string }

/** Where the line begins that holds an offset. */
export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** The line break that ends the line of an offset; the end of the text where there is none. */
export function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  return at < 0 ? text.length : at
}

/** How far in something stands, the dash of a list counted as spaces. */
export function indentOf(text: string, offset: number): number {
  return offset - startOfLine(text, offset)
}

/** How a file is written, told by the first nested map and the first list in it. */
export function detectStyle(text: string, root: unknown): Style {
  let step: number | null = null
  let indentLists: boolean | null = null
  visit(root as Node, {
    Pair: (_key, pair) => {
      const at = (pair.key as Node | null)?.range?.[0]
      const value = pair.value as Node | null
      // What is written on one line tells nothing, and may be the whole of a large file.
      if (!isCollection(value) || value.flow) return visit.SKIP
      if (at === undefined || value.range == null || value.range[0] < at) return undefined
      const inner = indentOf(text, value.range[0]) - indentOf(text, at)
      if (isMap(value) && inner > 0) step ??= inner
      if (isSeq(value) && inner >= 0) indentLists ??= inner > 0
      return step === null || indentLists === null ? undefined : visit.BREAK
    },
  })
  return { eol: /\r\n/.test(text) ? '\r\n' : '\n', step: step ?? 2, indentLists: indentLists ?? true }
}
