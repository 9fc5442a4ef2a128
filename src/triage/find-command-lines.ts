/**
 * The lines of a comment that are commands: they start with `/drift`, after at most three spaces. A line that is shown or quoted
 * is none: inside a fenced or an indented code block, a quote, an HTML comment, or HTML that shows code. In doubt a line is none.
 *
 * @param text Markdown of a comment, in any line endings
 * @returns the lines, trimmed
 */
export function findCommandLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/)
  const found: string[] = []
  let hidden: Hidden | null = null
  for (const [index, line] of lines.entries()) {
    // The content of a list item ends with the first line that is indented less (CommonMark 5.2).
    if (hidden !== null && line.trim() !== '' && line.search(/[^ ]/) < hidden.indent) hidden = null
    if (hidden === null) {
      hidden = findStart(lines, index)
      if (hidden === null && COMMAND.test(line)) found.push(line.trim())
    } else if (hidden.end.test(line)) hidden = null
  }
  return found
}

/** Autocorrection and copying bring no-break spaces (U+00A0) and a byte order mark. */
const COMMAND = /^\ufeff?[ \u00a0]{0,3}\/drift(?![\p{L}\p{N}_/-])/iu
/** A fence, perhaps as the first thing of a list item (CommonMark 4.5). Info strings of backtick fences hold no backtick. */
const FENCE = /^( {0,3}(?:[-*+]|\d{1,9}[.)]) {1,4})? {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/
const SHOWN = /^ {0,3}<(pre|code|blockquote|script|style|textarea)(?=[\s>]|$)/i
/** What ends a paragraph, besides an empty line and a fence: a heading, a rule, a list, HTML of its own. A quote may go on with one. */
const INTERRUPTION = /^ {0,3}(?:#{1,6}(?:\s|$)|<!--|<(?:pre|script|style|textarea)|[-*+] +\S|1[.)] +\S|[-*_](?: *[-*_]){2,} *$|[-=]+ *$)/i
/** Longer paragraphs are not searched: all lines with a comment's start would then search them again. */
const LONGEST_PARAGRAPH = 100

/** A part of the text whose lines are no commands, up to the line that `end` matches or one that is indented less. */
type Hidden = { readonly end: RegExp; readonly indent: number }

function findStart(lines: readonly string[], index: number): Hidden | null {
  const line = lines[index] ?? ''
  const [, item = '', ticks, tildes] = FENCE.exec(line) ?? []
  const fence = ticks ?? tildes
  if (fence !== undefined) {
    const end = new RegExp(`^ {0,${item.length + 3}}${fence[0]}{${fence.length},}[ \\t]*$`)
    return { end, indent: item.length }
  }
  const shown = SHOWN.exec(line)?.[1]?.toLowerCase()
  if (shown !== undefined && !line.toLowerCase().includes(`</${shown}`)) return { end: new RegExp(`</${shown}`, 'i'), indent: 0 }
  return startsComment(lines, index) ? { end: /-->/, indent: 0 } : null
}

/** Where HTML starts a line, a comment hides all up to its end; within text, it must end before the paragraph does (CommonMark 4.6, 6.6). */
function startsComment(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? ''
  const at = line.lastIndexOf('<!--')
  if (at === -1 || line.includes('-->', at)) return false
  if (/^\s*</.test(line)) return true
  const rest = lines.slice(index + 1, index + 1 + LONGEST_PARAGRAPH)
  const end = rest.findIndex((next) => next.trim() === '' || FENCE.test(next) || INTERRUPTION.test(next))
  if (end === -1 && rest.length === LONGEST_PARAGRAPH) return true
  return (end === -1 ? rest : rest.slice(0, end)).some((next) => next.includes('-->'))
}
