import { count } from '../count.ts'
import type { ObjectRef, TargetReport } from '../model.ts'
import { nameObject } from './describe-finding.ts'
import { groupUnread, identifyObject } from './groups.ts'
import { escapeMarkdown, toFence } from './sanitize.ts'
import { formatUnified } from './view.ts'

/** Pieces of Markdown that a job summary and an issue have in common. Whatever they take is hostile; what they give is safe. */

/** Lines of one object's YAML difference; a longer one would hide all others. */
const MOST_LINES = 400

/** Blocks of text as one, with the blank lines that Markdown wants between them, and a line feed at the end. */
export function joinBlocks(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** Content that opens on a click. Blank lines around it let GitHub read it as Markdown. */
export function fold(summary: string, content: readonly string[]): readonly string[] {
  return [`<details><summary>${escapeMarkdown(summary)}</summary>`, ...content, '</details>']
}

/** Objects by name, each once, at most 50 of them. */
export function formatNames(objects: readonly ObjectRef[], target: TargetReport): string {
  const unique = new Map(objects.map((object) => [identifyObject(object), object]))
  const names = [...unique.values()].slice(0, 50).map((object) => escapeMarkdown(nameObject(object, target.namespace)))
  return `${names.join(', ')}${unique.size > 50 ? ` and ${unique.size - 50} more` : ''}`
}

/** The first line of a remedy is a sentence, the rest (an RBAC rule, a command) is to be copied. */
export function formatRemedy(remedy: string): readonly string[] {
  const [sentence = '', ...block] = remedy.trimEnd().split(/\r?\n/)
  return [escapeMarkdown(`What to do: ${sentence}`), ...(block.length === 0 ? [] : [toFence(block.join('\n'), 'yaml')])]
}

/** What could not be read, why, and what to do about it; nothing where all was read. */
export function formatUnread(target: TargetReport): readonly string[] {
  if (target.unread.length === 0) return []
  const groups = groupUnread(target.unread).flatMap(({ objects, reason, detail, remedy }) => [
    `**${formatNames(objects, target)}**: ${escapeMarkdown(reason)}.${detail === '' ? '' : ` ${escapeMarkdown(detail)}`}`,
    ...formatRemedy(remedy),
  ])
  return [`### Could not be read: ${target.unread.length} of ${count(target.counts.objects, 'object')}`, ...groups]
}

/**
 * Each object's difference as YAML, folded.
 *
 * @param room UTF-16 units; once they are used up, no more differences are computed, since the text has to be written in
 *   another form anyway
 */
export function formatViews(target: TargetReport, room = Number.POSITIVE_INFINITY): readonly string[] {
  return writeWithin(target.views, room, (view) =>
    foldDiff(`${nameObject(view.object, target.namespace)} as YAML`, formatUnified(view, { context: 3 })),
  )
}

/**
 * Blocks of one item after the other, until they take more than there is room for: the text has to be written in another
 * form then anyway.
 *
 * @param room UTF-16 units
 */
export function writeWithin<Item>(items: readonly Item[], room: number, write: (item: Item) => readonly string[]): readonly string[] {
  const blocks: string[] = []
  let used = 0
  for (const item of items) {
    const written = write(item)
    blocks.push(...written)
    used += written.reduce((sum, block) => sum + block.length, 0)
    if (used > room) return blocks
  }
  return blocks
}

/** A unified difference, folded; nothing for an empty one. */
export function foldDiff(title: string, diff: string): readonly string[] {
  const lines = diff.replace(/\n$/, '').split('\n')
  const left = lines.length - MOST_LINES
  const more = left > 0 ? [`And ${count(left, 'more line')} that are not shown here.`] : []
  return lines.length <= 1 ? [] : fold(title, [toFence(lines.slice(0, MOST_LINES).join('\n'), 'diff'), ...more])
}
