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
    if (hidden !== null && isOver(hidden, line)) hidden = null
    if (hidden !== null) {
      if (hidden.end.test(line)) hidden = null
      continue
    }
    hidden = findStart(line, lines, index)
    if (hidden === null && COMMAND.test(line)) found.push(line.trim())
  }
  return found
}

/** Autocorrection and copying bring no-break spaces (U+00A0) and a byte order mark. */
const COMMAND = /^\ufeff?[ \u00a0]{0,3}\/drift(?![\w/-])/i
/** A fence, perhaps as the first thing of a list item (CommonMark 4.5 and 5.2). Info strings of backtick fences hold no backtick. */
const FENCE = /^( {0,3}(?:[-*+]|\d{1,9}[.)]) {1,4})?( {0,3})(?:(`{3,})[^`]*|(~{3,}).*)$/
const SHOWN = /^ {0,3}<(pre|code|blockquote|script|style|textarea)(?=[\s>]|$)/i

/** A part of the text whose lines are no commands, up to the line that `end` matches. */
type Hidden = { readonly end: RegExp; readonly indent: number }

/** The content of a list item ends with the first line that is indented less. */
function isOver({ indent }: Hidden, line: string): boolean {
  return line.trim() !== '' && /^ */.exec(line)?.[0].length !== undefined && line.search(/[^ ]/) < indent
}

function findStart(line: string, lines: readonly string[], index: number): Hidden | null {
  const fence = FENCE.exec(line)
  if (fence !== null) {
    const [, item = '', , ticks, tildes] = fence
    const mark = ticks ?? tildes ?? ''
    return { end: new RegExp(`^ *${mark[0]}{${mark.length},}[ \\t]*$`), indent: item.length }
  }
  const shown = SHOWN.exec(line)?.[1]
  if (shown !== undefined && !line.toLowerCase().includes(`</${shown.toLowerCase()}`))
    return { end: new RegExp(`</${shown}`, 'i'), indent: 0 }
  return startsComment(line, lines, index) ? { end: /-->/, indent: 0 } : null
}

/** A comment that starts a line hides all up to its end; within a line, it must end before the paragraph does (CommonMark 4.6, 6.6). */
function startsComment(line: string, lines: readonly string[], index: number): boolean {
  const at = line.lastIndexOf('<!--')
  if (at === -1 || line.indexOf('-->', at) !== -1) return false
  if (line.slice(0, at).trim() === '') return true
  const rest = lines.slice(index + 1)
  const blank = rest.findIndex((next) => next.trim() === '')
  return (blank === -1 ? rest : rest.slice(0, blank)).some((next) => next.includes('-->'))
}
