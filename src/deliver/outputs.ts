import type { IssueNews, Report } from '../model.ts'

/** Where the written reports are. */
export type ReportFiles = { readonly json: string; readonly html: string; readonly summary: string }

/**
 * The Action's outputs, all of them, so that a workflow never reads an old value. Several targets give comma lists in issue outputs, of the issues
 * that are open.
 */
export function listOutputs(report: Report, files: ReportFiles): { readonly [output: string]: string } {
  const count = (pick: (target: Report['targets'][number]) => number) => report.targets.reduce((sum, target) => sum + pick(target), 0)
  const drift = count((target) => target.counts.drift)
  return {
    verdict: report.verdict,
    'has-drift': String(drift > 0),
    'drift-count': String(drift),
    'finding-count': String(count((target) => target.findings.length)),
    'issue-number': listIssues(report, ({ number }) => number),
    'issue-url': listIssues(report, ({ url }) => url),
    'report-json': files.json,
    'report-html': files.html,
    'summary-path': files.summary,
  }
}

/** All outputs without a value, for a run that checked nothing. */
export function listEmptyOutputs(): { readonly [output: string]: string } {
  const nothing: Report = { schemaVersion: '1', generatedAt: '', tool: { name: 'plumbline', version: '' }, verdict: 'in-sync', targets: [] }
  return Object.fromEntries(Object.keys(listOutputs(nothing, { json: '', html: '', summary: '' })).map((output) => [output, '']))
}

function listIssues(report: Report, pick: (issue: IssueNews) => number | string | null): string {
  const open = report.targets.flatMap(({ issue }) =>
    issue === undefined || issue.action === 'closed' || issue.action === 'left-alone' ? [] : [issue],
  )
  return open.flatMap((issue) => pick(issue) ?? []).join(',')
}
