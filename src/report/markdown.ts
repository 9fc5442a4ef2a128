import { count } from '../count.ts'
import type { Report } from '../model.ts'
import { NEXT_STEP } from './describe-finding.ts'
import { formatUtc } from './describe-time.ts'
import { describeRun, VERDICT_WORDS } from './describe-verdict.ts'
import { keepOpen } from './keep-open.ts'
import { listLongForms } from './markdown-forms.ts'
import { joinBlocks } from './markdown-parts.ts'
import { formatTargetAsCounts, formatTargetAsList, formatTargetInFull } from './markdown-target.ts'
import { isPreview, type PreviewReport } from './preview/arrange.ts'
import { formatPreviewHead, formatPreviewLeast, listSummaryForms } from './preview/summary.ts'
import { escapeMarkdown } from './sanitize.ts'
import { shorten } from './values.ts'

/** GitHub drops a job summary of more than 1 MiB whole; this leaves room for what other steps of the job write. */
export const SUMMARY_BYTES = 900 * 1024

export type MarkdownOptions = {
  /** The most the text may take, in UTF-8 bytes. */
  readonly maxBytes: number
}

type Form = { readonly left: string; readonly write: (report: Report) => readonly string[] }

/** From all there is to nothing but numbers; the first that fits is taken, and says what the ones before would have had. */
function listForms({ targets }: Report): readonly Form[] {
  return [
    ...listLongForms(targets).map(
      (form): Form => ({
        left: form.left,
        write: (report) => report.targets.flatMap((target) => formatTargetInFull(target, report, form)),
      }),
    ),
    {
      left: 'the tables, and everything that is no drift',
      write: (report) => report.targets.flatMap((target) => formatTargetAsList(target, report)),
    },
    { left: 'the differences themselves', write: (report) => report.targets.flatMap(formatTargetAsCounts) },
  ]
}

/**
 * The report in GitHub's Markdown, for a job summary: what drifted above the fold of a phone, the rest folded. Of a pull
 * request it tells what that will do instead.
 * It never takes more than `maxBytes`: it is written again with less until it fits, is never cut inside a line, and says
 * what was left out and where that is.
 *
 * @throws RangeError when `maxBytes` cannot hold even the first sentences (under 1024)
 */
export function formatMarkdown(report: Report, { maxBytes }: MarkdownOptions): string {
  if (maxBytes < 1024) throw new RangeError(`A Markdown report takes at least 1024 bytes, not ${maxBytes}.`)
  if (isPreview(report)) return formatPreview(report, maxBytes)
  for (const { left, write } of listForms(report)) {
    const text = joinBlocks([...formatHead(report), ...write(report), ...formatFoot(report, left)])
    if (countBytes(text) <= maxBytes) return text
  }
  return fitLines(report, maxBytes)
}

/** What a pull request will do, in place of what has drifted. */
function formatPreview(report: PreviewReport, maxBytes: number): string {
  for (const { left, write } of listSummaryForms(report)) {
    const blocks = [...formatPreviewHead(report), ...formatRunNotes(report), ...write(report, maxBytes), ...formatEnd(report, left)]
    const text = joinBlocks(blocks)
    if (countBytes(text) <= maxBytes) return text
  }
  return joinBlocks([...formatPreviewLeast(report), ...formatEnd(report, '')])
}

function formatHead(report: Report): readonly string[] {
  return [...formatOverview(report), ...formatRunNotes(report)]
}

/** What concerns the run as a whole stands on top: without it, the rest may be misread. */
function formatRunNotes({ notes = [] }: Report): readonly string[] {
  return notes.length === 0 ? [] : [notes.map(({ message }) => `> ${escapeMarkdown(shorten(message, 1000))}`).join('\n>\n')]
}

function formatOverview(report: Report): readonly string[] {
  if (report.targets.length === 1) return []
  const rows = report.targets.map(({ name, verdict, counts }) => {
    const cells = verdict === 'error' ? ['', '', ''] : [counts.drift, counts.unread, counts.objects].map(String)
    return `| ${[escapeMarkdown(name), verdict === 'in-sync' ? VERDICT_WORDS[verdict] : `**${VERDICT_WORDS[verdict]}**`, ...cells].join(' | ')} |`
  })
  const table = ['| Target | Verdict | Drift | Unread | Objects |', '| --- | --- | --: | --: | --: |', ...rows].join('\n')
  return [`# ${escapeMarkdown(describeRun(report.targets))}`, table]
}

function formatFoot(report: Report, left: string): readonly string[] {
  const isLost = report.targets.some((target) => target.verdict === 'drifted' && keepOpen(target) === null)
  return [...(isLost ? [`**What to do next.** ${escapeMarkdown(NEXT_STEP)}`] : []), ...formatEnd(report, left)]
}

/** What was left out, and who wrote this when. */
function formatEnd(report: Report, left: string): readonly string[] {
  return [
    ...(left === ''
      ? []
      : [
          `> **Shortened.** This summary leaves out ${left}, since GitHub shows only 1 MiB. The whole report is in the JSON file that the output \`report-json\` names.`,
        ]),
    `<small>Plumbline ${escapeMarkdown(report.tool.version)}, ${escapeMarkdown(formatUtc(report.generatedAt))}. Read access only: nothing was written to the cluster.</small>`,
  ]
}

/** The last resort: the numbers of as many targets as there is room for. */
function fitLines(report: Report, maxBytes: number): string {
  const head = `# ${escapeMarkdown(describeRun(report.targets))}`
  const foot = formatFoot(report, 'the differences themselves, and some targets')
  const blocks = report.targets.map((target) => formatTargetAsCounts(target).join('\n\n'))
  for (let shown = blocks.length - 1; shown >= 0; shown = shown > 64 ? Math.floor(shown * 0.9) : shown - 1) {
    const text = joinBlocks([head, ...blocks.slice(0, shown), `And ${count(blocks.length - shown, 'more target')}.`, ...foot])
    if (countBytes(text) <= maxBytes) return text
  }
  return joinBlocks([head, ...foot.slice(-1)])
}

function countBytes(text: string): number {
  return new TextEncoder().encode(text).length
}
