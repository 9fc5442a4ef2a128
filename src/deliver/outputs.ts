import type { Report } from '../model.ts'

/** Where the written reports are. */
export type ReportFiles = { readonly json: string; readonly summary: string }

/**
 * The Action's outputs, all of them: an output that a version does not fill is set to an empty text, so that a workflow
 * that reads it sees nothing rather than an old value. Several targets give comma lists in issue outputs.
 */
export function listOutputs(report: Report, files: ReportFiles): { readonly [output: string]: string } {
  const count = (pick: (target: Report['targets'][number]) => number) => report.targets.reduce((sum, target) => sum + pick(target), 0)
  const drift = count((target) => target.counts.drift)
  return {
    verdict: report.verdict,
    'has-drift': String(drift > 0),
    'drift-count': String(drift),
    'finding-count': String(count((target) => target.findings.length)),
    'issue-number': '',
    'issue-url': '',
    'report-json': files.json,
    'report-html': '',
    'summary-path': files.summary,
  }
}
