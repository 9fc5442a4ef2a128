import { count } from '../../count.ts'
import type { TargetReport } from '../../model.ts'
import { toLink } from '../links.ts'
import { fold, formatUnread } from '../markdown-parts.ts'
import { formatFindingsTable } from '../markdown-table.ts'
import { formatNotes, formatScope } from '../markdown-target.ts'
import { listConcerned, type PreviewReport } from './arrange.ts'
import { formatBlindness, formatHeadline, formatOthers, listPreviewForms, type PreviewForm } from './forms.ts'
import { NOTHING, nameSubject } from './words.ts'

/** The title of a preview's job summary, its sentence, and what is not seen. */
export function formatPreviewHead(report: PreviewReport): readonly string[] {
  const { number, url } = report.pullRequest
  const headline = formatHeadline(report)
  return [
    `# ${toLink(nameSubject(number), url, 'fact')}`,
    headline === '' ? `**${NOTHING}**` : headline,
    ...formatBlindness(report),
    ...formatOthers(report),
  ]
}

/** The forms of a preview's job summary: with everything first. */
export function listSummaryForms(report: PreviewReport): readonly PreviewForm[] {
  return listPreviewForms((target) => writeEverything(target, report))
}

/** The last resort: the worst sentence alone, and how many targets there are. */
export function formatPreviewLeast(report: PreviewReport): readonly string[] {
  return [formatHeadline(report, 200), `${count(listConcerned(report).length, 'target')} in all.`]
}

/** What a comment has no room for: what was not read and why, what a check of the base finds, notes, and how it was done. */
function writeEverything(target: TargetReport, report: PreviewReport): readonly string[] {
  const { findings, verdict } = target
  const isRead = target.preview?.against === 'cluster' && verdict !== 'error'
  return [
    ...formatUnread(target),
    ...(findings.length === 0
      ? []
      : fold(
          `Without the pull request, Git and the cluster differ at ${count(findings.length, 'place')}`,
          formatFindingsTable(findings, target, report.generatedAt),
        )),
    ...formatNotes(target),
    ...(isRead ? formatScope(target, report.generatedAt) : []),
  ]
}
