import { findCommandLines } from './find-command-lines.ts'
import type { Command } from './model.ts'
import { parseLine } from './parse-line.ts'

/** More than a person writes; what follows in the same comment is not read. */
const MOST_COMMANDS = 20

/**
 * The commands in a comment, in order. A command is a line of its own that starts with `/drift`; one that is quoted or shown as
 * code is none. The words and what is forgiven are in docs/triage.md.
 *
 * @param text Markdown as a person wrote it: hostile
 * @returns at most 20; what was not understood is `mistyped`, with a remedy
 */
export function parseCommands(text: string): readonly Command[] {
  return findCommandLines(text).slice(0, MOST_COMMANDS).map(parseLine)
}
