import { count } from '../count.ts'
import type { Finding } from '../model.ts'
import { COMMENT_CHARS, joinIssueText, takeFirstThatFits, takeLines } from './issue-text.ts'
import { escapeMarkdown } from './sanitize.ts'
import { shorten } from './values.ts'

/** Comments are told once and mailed to everyone who follows the issue: each says one thing, and says what happened first. */

/** One list of a comment; without a heading where the first sentence is one. */
export type CommentList = { readonly title: string; readonly lines: readonly string[] }

/**
 * A first sentence, and lists, each with as many lines as there is room for.
 *
 * @returns at most 60,000 UTF-16 units, if the sentence has fewer than half of them
 */
export function writeComment(first: string, lists: readonly CommentList[]): string {
  const filled = lists.filter(({ lines }) => lines.length > 0)
  const write = (room: number) => [
    first,
    ...filled.flatMap(({ title, lines }) => [
      ...(title === '' ? [] : [`**${title}**`]),
      takeLines(lines, room, (number) => `- and ${number.toLocaleString('en')} more`).join('\n'),
    ]),
  ]
  const share = Math.floor((COMMENT_CHARS - first.length) / Math.max(1, filled.length))
  // What makes a text inert as a whole may make it longer, hence the smaller shares.
  const rooms = [COMMENT_CHARS, share - 200, share / 2, share / 8]
  const forms = rooms.map((room) => () => write(room))
  return takeFirstThatFits(forms, COMMENT_CHARS) ?? joinIssueText([first])
}

/** The fact of a streak, as a line of a list. */
export function formatFact(fact: string): string {
  return `- ${escapeMarkdown(shorten(fact === '' ? 'an earlier difference' : fact, 200))}`
}

/** Its own namespace is left out of an object's name: a comment stands below an issue that has it. */
export function ownNamespace({ object }: Finding): string {
  return object.namespace ?? ''
}

/** `2 differences are`. */
export function countDifferences(number: number): string {
  return count(number, 'difference is', 'differences are')
}
