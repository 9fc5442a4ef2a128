import { joinBlocks } from './markdown-parts.ts'
import { BREAK, breakCommands, escapeMarkdown } from './sanitize.ts'
import { shorten } from './values.ts'

/** GitHub refuses more than 65,536 characters in the text of an issue or a comment; this leaves room. UTF-16 units. */
export const COMMENT_CHARS = 60_000

/**
 * Blocks as the text of an issue or a comment. Beyond what each writer does for its own place, this makes inert what
 * acts by its place in the text as a whole, within code too: an HTML comment, which might pass for the marks that tell our part of
 * an issue from a person's; a line that is a command for triage, or one for the runner that prints it.
 */
export function joinIssueText(blocks: readonly string[]): string {
  return breakCommands(joinBlocks(blocks))
    .replaceAll('<!--', `<!${BREAK}--`)
    .replace(/^([^\S\n]*)\/(?=drift)/gim, `$1/${BREAK}`)
}

/** The first of several forms of a text that fits, from all there is to the least; null when none does. */
export function takeFirstThatFits(forms: readonly (() => readonly string[])[], maxChars: number): string | null {
  for (const form of forms) {
    const text = joinIssueText(form())
    if (text.length <= maxChars) return text
  }
  return null
}

/** As many of the lines as there is room for, and a line that counts the rest. */
export function takeLines(lines: readonly string[], room: number, describeRest: (number: number) => string): readonly string[] {
  const all = lines.reduce((sum, line) => sum + line.length + 1, 0)
  if (all <= room) return lines
  let used = describeRest(lines.length).length + 1
  const end = lines.findIndex((line) => {
    used += line.length + 1
    return used > room
  })
  return [...lines.slice(0, end), describeRest(lines.length - end)]
}

/** `escapeMarkdown` that takes at most `most` UTF-16 units: escaping makes a hostile text many times longer. */
export function escapeShortly(text: string, most: number): string {
  for (let length = most; length > 0; length = Math.floor(length / 2)) {
    const escaped = escapeMarkdown(shorten(text, length))
    if (escaped.length <= most) return escaped
  }
  return '…'
}
