import { count } from '../../count.ts'
import type { Fault } from '../../model.ts'
import { endSentence } from '../decision-words.ts'
import { nameObject } from '../describe-finding.ts'
import { groupUnread } from '../groups.ts'
import { escapeShortly } from '../issue-text.ts'
import { toLink } from '../links.ts'
import { fold, foldDiff, formatNames, formatRemedy, writeWithin } from '../markdown-parts.ts'
import { escapeMarkdown, toCode, toFence } from '../sanitize.ts'
import { shorten } from '../values.ts'
import { formatOutlook } from '../view.ts'
import { groupByObject, groupDecisions, listFolded, listIntended, type PreviewedTarget } from './arrange.ts'
import { formatChange, formatChangeLine } from './markdown-change.ts'
import { describeCodified, describeKinds, describeObject, nameDecision, nameFolded, nameIntended } from './words.ts'

/** Parts of one target's preview in Markdown, for a comment and a job summary. */

const MOST_FILES = 5
const MOST_ERROR_LINES = 40

/** What kinds of change it makes, in which files, and which issues it settles. */
export function formatAbout({ preview }: PreviewedTarget): readonly string[] {
  const { kinds, files, issues = [] } = preview
  const named = files.slice(0, MOST_FILES).map((file) => toCode(shorten(file, 120), true))
  const more = files.length > MOST_FILES ? ` and ${count(files.length - MOST_FILES, 'more file')}` : ''
  const where = named.length === 0 ? '' : ` (${named.join(', ')}${more})`
  const what = describeKinds(kinds)
  return [
    ...(what === '' && where === '' ? [] : [`The pull request changes ${what === '' ? 'files' : what}${where}.`]),
    ...issues.map(({ number, url, whole }) => `${toIssue(number, url)}: ${describeCodified(whole)}.`),
  ]
}

/** GitHub makes a link of the number, and tells the issue of the pull request, where the text is a comment's. */
function toIssue(number: number, url: string): string {
  return /^https?:\/\/[\w.-]+(:\d+)?\/[\w.-]+\/[\w.-]+\/issues\/\d+$/.test(url) && url.endsWith(`/${number}`)
    ? `[#${number}](${url})`
    : toLink(`Issue ${number}`, url, 'issue')
}

/** What happens to each object, worst first. */
export function formatTable({ preview, namespace }: PreviewedTarget): readonly string[] {
  const rows = groupByObject(preview).map(({ object, changes }) => {
    const cells = describeObject(changes).map(({ words, grave }) => (grave ? `**${words}**` : words))
    return `| ${escapeMarkdown(shorten(nameObject(object, namespace), 200))} | ${cells.join('<br>')} |`
  })
  return rows.length === 0 ? [] : [['| Object | What happens here |', '| --- | --- |', ...rows].join('\n')]
}

/**
 * The places that somebody has to decide about, in full.
 *
 * @param room UTF-16 units
 */
export function formatDecisions(target: PreviewedTarget, room: number): readonly string[] {
  return writeWithin(groupDecisions(target.preview), room, ({ name, changes }) => [
    `**${nameDecision(name, changes.length)}**`,
    writeWithin(changes, room, (change) => [formatChange(change, target)]).join('\n'),
  ])
}

/** What goes as intended, folded. */
export function formatIntended(target: PreviewedTarget, room: number): readonly string[] {
  const intended = listIntended(target.preview)
  if (intended.length === 0) return []
  const lines = writeWithin(intended, room, (change) => [formatChange(change, target)])
  return fold(nameIntended(intended.length), [lines.join('\n')])
}

/** What is there now and what becomes of it, object by object, folded. */
export function formatDiffs({ preview, namespace }: PreviewedTarget, room: number): readonly string[] {
  return writeWithin(preview.views, room, (view) =>
    foldDiff(`${nameObject(view.object, namespace)}: now and afterwards`, formatOutlook(view, preview.against, { context: 3 })),
  )
}

/** What nobody needs to look at on its own, as one folded line. */
export function formatFolded(target: PreviewedTarget, room: number): readonly string[] {
  const folded = listFolded(target.preview)
  if (folded.length === 0) return []
  const lines = writeWithin(folded, room, (change) => [formatChangeLine(change, target)])
  return fold(nameFolded(folded), [lines.join('\n')])
}

/** What could not be read, in short: the summary has the remedies. */
export function formatUnreadShortly(target: PreviewedTarget): readonly string[] {
  if (target.unread.length === 0) return []
  const groups = groupUnread(target.unread).map(
    ({ objects, reason }) => `${formatNames(objects, target)} (${escapeMarkdown(shorten(reason, 200))})`,
  )
  return [
    `> **Not read: ${target.unread.length} of ${count(target.counts.objects, 'object')}.** What becomes of them is not known: ${groups.join('; ')}.`,
  ]
}

/** Decisions and intended changes as one line each, worst first. */
export function listLines(target: PreviewedTarget): readonly string[] {
  const groups = groupDecisions(target.preview).map(({ name, changes }) => ({ title: nameDecision(name, changes.length), changes }))
  const intended = listIntended(target.preview)
  return [...groups, { title: nameIntended(intended.length), changes: intended }].flatMap(({ title, changes }) =>
    changes.length === 0 ? [] : [`- **${title}**`, ...changes.map((change) => `  ${formatChangeLine(change, target)}`)],
  )
}

/** Why a target could not be previewed: the first line is a sentence, the rest is what a tool said. */
export function formatFault({ message, where, remedy }: Fault, most: number): readonly string[] {
  const [first = '', ...rest] = message.trimEnd().split(/\r?\n/)
  const lines = rest.slice(0, MOST_ERROR_LINES).map((line) => shorten(line, 300))
  const block = shorten([...lines, ...(rest.length > MOST_ERROR_LINES ? ['...'] : [])].join('\n'), most)
  return [
    `${where === null ? '' : `${toCode(shorten(where, 200))}: `}${escapeShortly(endSentence(first), most)}`,
    ...(rest.length === 0 ? [] : [toFence(block, '')]),
    ...(remedy === '' ? [] : formatRemedy(shorten(remedy, most))),
  ]
}
