import type { GitHubContext } from '../github/context.ts'
import { explainRefusal } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Note } from '../model.ts'
import { matchIssues } from '../preview/match-issues.ts'
import type { PreviewReport } from '../report/preview/arrange.ts'
import { noteRefusal } from './access.ts'

/** Names the open issues whose drift a pull request codifies. They are asked for only where it codifies something. */
export async function linkIssues(
  report: PreviewReport,
  context: GitHubContext,
  openTracker: (context: GitHubContext) => Promise<Tracker>,
): Promise<{ readonly report: PreviewReport; readonly notes: readonly Note[] }> {
  if (!report.targets.some(({ preview }) => (preview?.counts.codifies ?? 0) > 0)) return { report, notes: [] }
  try {
    const tracker = await openTracker(context)
    const self = await tracker.readSelf()
    const { issues } = await tracker.listIssues(self, { state: 'open', creator: self })
    return { report: { ...report, targets: report.targets.map((target) => matchIssues(target, issues)) }, notes: [] }
  } catch (error) {
    return { report, notes: [noteRefusal(explainRefusal(error), 'Whether an open issue is about this drift cannot be read')] }
  }
}
