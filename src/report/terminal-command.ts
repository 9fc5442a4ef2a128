import { countColumns, type Pen } from './layout.ts'
import { showControls, showControlsPerLine } from './sanitize.ts'

/** Code for a terminal, so that what is copied still runs. */

/** Characters; longer commands and texts are in the JSON report alone. */
const LONGEST = 6000

/**
 * A shell command that breaks only between words, with a backslash. A word that is too long stays whole, and a command of several lines
 * stands at the left edge as it is, since a here-document ends only there.
 *
 * @param indent columns before the first line; the others stand two further in
 */
export function formatCommand(command: string, pen: Pen, indent: number): readonly string[] {
  if (command.length > LONGEST) return tellLength(command, pen, indent)
  if (/\n./.test(command)) return showControlsPerLine(command.trimEnd()).split('\n')
  const lines: string[] = []
  let line = ''
  for (const word of splitWords(showControls(command.trimEnd()))) {
    const start = ' '.repeat(indent)
    const longer = line === '' ? start + word : `${line} ${word}`
    // Two columns for the backslash.
    if (line !== '' && countColumns(longer) > pen.width - 2) {
      lines.push(`${line} \\`)
      line = `${start}  ${word}`
    } else line = longer
  }
  return [...lines, line]
}

/** YAML, a patch or a query, line by line and never wrapped. */
export function formatText(text: string, pen: Pen, indent: number): readonly string[] {
  if (text.length > LONGEST) return tellLength(text, pen, indent)
  return showControlsPerLine(text.trimEnd())
    .split('\n')
    .map((line) => ' '.repeat(indent) + line)
}

function tellLength({ length }: string, pen: Pen, indent: number): readonly string[] {
  return pen.wrap(`(${length.toLocaleString('en')} characters: see the JSON report)`, { indent, tone: 'faint' })
}

/** The words of a command, with their quotes: a space within quotes, or behind a backslash, parts nothing. */
function splitWords(command: string): readonly string[] {
  return command.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s])+/g) ?? []
}
