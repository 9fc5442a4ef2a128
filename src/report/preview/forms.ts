import { count } from '../../count.ts'
import type { TargetReport } from '../../model.ts'
import { endSentence } from '../decision-words.ts'
import { escapeShortly, takeLines } from '../issue-text.ts'
import { writeWithin } from '../markdown-parts.ts'
import { escapeMarkdown, toCode } from '../sanitize.ts'
import { shorten } from '../values.ts'
import { isPreviewed, listCalm, listConcerned, type PreviewReport } from './arrange.ts'
import {
  formatAbout,
  formatDecisions,
  formatDiffs,
  formatFault,
  formatFolded,
  formatIntended,
  formatTable,
  formatUnreadShortly,
  listLines,
} from './markdown-target.ts'
import { BASE_ONLY_REMEDY, describeBaseOnly, describeCounts, PREVIEW_DOCS, UNTOUCHED } from './words.ts'

/** A preview's Markdown in several lengths, for a comment and a job summary. */

/** One length. `write` is told how much room there is, in UTF-16 units: more is not even computed. */
export type PreviewForm = { readonly left: string; readonly write: (report: PreviewReport, room: number) => readonly string[] }
/** Writes what a text has of one target beyond what all have. */
export type WriteMore = (target: TargetReport) => readonly string[]

const LONGEST_FAULT = 4000

/** From all there is to nothing but numbers; each says what it leaves out. */
export function listPreviewForms(more: WriteMore = () => []): readonly PreviewForm[] {
  const diffs = "the objects' differences"
  return [
    { left: '', write: (report, room) => writeTargets(report, room, (target) => writeLong(target, { room, diffs: true, more })) },
    {
      left: diffs,
      write: (report, room) => writeTargets(report, room, (target) => writeLong(target, { room, diffs: false, more: () => [] })),
    },
    { left: `${diffs}, and all of each place but one line`, write: writeList },
    { left: 'the places themselves', write: writeCounts },
  ]
}

/** The one sentence for all targets that a reviewer has to hear of: the worst one's. */
export function formatHeadline(report: PreviewReport, most = 1000): string {
  const [worst, ...others] = listConcerned(report)
  if (worst === undefined) return ''
  const only = report.targets.length === 1
  const more = others.length === 0 ? '' : ` And ${count(others.length, 'more target')} below.`
  // The sentence for one that failed has its name already.
  const name = only || worst.error !== null ? '' : `${escapeShortly(worst.name, Math.min(300, most))}: `
  return `**${name}${escapeShortly(describeHeadline(worst), most)}**${more}`
}

/** One target's sentence, as plain text. */
export function describeHeadline({ error, preview, name }: TargetReport): string {
  if (error !== null || preview === undefined) return `${name} could not be previewed.`
  return preview.headline.trim() === '' ? 'This changes the cluster.' : endSentence(preview.headline)
}

/** That no cluster was read, where that is so: without it, the rest may be misread. */
export function formatBlindness(report: PreviewReport): readonly string[] {
  if (report.targets.every(({ preview }) => preview?.against !== 'base')) return []
  const why = escapeMarkdown(describeBaseOnly(report.pullRequest.fromFork))
  return [`> **Against the base only.** ${why} ${BASE_ONLY_REMEDY} ${toCode(PREVIEW_DOCS)}.`]
}

/** Targets of which there is nothing to say. */
export function formatOthers(report: PreviewReport): readonly string[] {
  return [
    ...nameTargets(
      'Nothing of note changes for',
      listCalm(report).map(({ name }) => name),
    ),
    ...nameTargets(UNTOUCHED, report.pullRequest.untouched),
  ]
}

function nameTargets(what: string, names: readonly string[]): readonly string[] {
  const shown = names.slice(0, 20).map((name) => escapeShortly(shorten(name, 100), 300))
  const more = names.length > shown.length ? ` and ${count(names.length - shown.length, 'more target')}` : ''
  return names.length === 0 ? [] : [`${what} ${shown.join(', ')}${more}.`]
}

/** Each with its own heading where there are several: the first sentence tells of the worst alone. */
function writeTargets(report: PreviewReport, room: number, write: (target: TargetReport) => readonly string[]): readonly string[] {
  return writeWithin(listConcerned(report), room, (target) => [...headTarget(target, report), ...write(target)])
}

function headTarget(target: TargetReport, { targets }: PreviewReport, most = 1000): readonly string[] {
  return targets.length === 1
    ? []
    : [`### ${escapeShortly(target.name, Math.min(300, most))}`, `**${escapeShortly(describeHeadline(target), most)}**`]
}

type LongOptions = { readonly room: number; readonly diffs: boolean; readonly more: WriteMore }

function writeLong(target: TargetReport, { room, diffs, more }: LongOptions): readonly string[] {
  if (target.error !== null) return formatFault(target.error, LONGEST_FAULT)
  if (!isPreviewed(target)) return []
  return [
    ...formatAbout(target),
    ...formatTable(target),
    ...formatDecisions(target, room),
    ...formatUnreadShortly(target),
    ...formatIntended(target, room),
    ...(diffs ? formatDiffs(target, room) : []),
    ...formatFolded(target, room),
    ...more(target),
  ]
}

/** Every target gets an equal part of the room. */
function writeList(report: PreviewReport, room: number): readonly string[] {
  const targets = listConcerned(report)
  const share = Math.floor((room * 0.8) / Math.max(1, targets.length))
  return targets.flatMap((target) => {
    const head = headTarget(target, report, 600)
    if (target.error !== null) return [...head, ...formatFault(target.error, Math.min(LONGEST_FAULT, Math.floor(share / 8)))]
    if (!isPreviewed(target)) return head
    const around = [...head, ...formatAbout(target)]
    const left = share - around.reduce((sum, block) => sum + block.length + 2, 0)
    return [...around, takeLines(listLines(target), Math.max(0, left), (number) => `- and ${count(number, 'more line')}`).join('\n')]
  })
}

function writeCounts(report: PreviewReport, room: number): readonly string[] {
  const lines = listConcerned(report).map((target) => {
    const numbers = target.preview === undefined || target.error !== null ? 'could not be previewed' : describeCounts(target.preview)
    return `- **${escapeShortly(target.name, 150)}**: ${numbers}.`
  })
  return [takeLines(lines, Math.floor(room / 2), (number) => `- and ${count(number, 'more target')}`).join('\n')]
}
