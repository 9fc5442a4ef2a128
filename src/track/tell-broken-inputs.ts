import { carryOut } from '../deliver/carry-out.ts'
import type { UserError } from '../errors.ts'
import type { GitHubContext } from '../github/context.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Inputs } from '../inputs/model.ts'
import { DETECTOR_LABEL, decideDetector } from '../issues/decide-detector.ts'
import { nameInputs } from '../issues/name-inputs.ts'
import { NO_MEMORY } from '../memory/model.ts'
import type { Note } from '../model.ts'
import { assembleFailedTarget } from '../report/assemble.ts'
import { findAccess, noteRefusal } from './access.ts'
import { addClosedIssues, readOpenIssues } from './read-issues.ts'

/**
 * Tells faults of the inputs in the issue about what cannot be checked: a scheduled run that fails is red on a page that
 * nobody looks at. Of targets nothing is known then, so the workflow itself stands for them. Other events have a person
 * who waits for them.
 *
 * @param inputs what is needed to write it, as far as it can be told
 * @returns what stood in the way
 */
export async function tellBrokenInputs(
  { faults }: UserError,
  inputs: Pick<Inputs, 'token' | 'allowPublic'>,
  context: GitHubContext | null,
  tools: {
    readonly openTracker: (context: GitHubContext) => Promise<Tracker>
    readonly sleep: (milliseconds: number) => Promise<void>
    readonly version: string
    readonly at: string
  },
): Promise<readonly Note[]> {
  if (context?.eventName !== 'schedule') return []
  const access = await findAccess(inputs, context, tools.openTracker)
  if (!access.open) return [access.note]
  const read = await addClosedIssues(access, (await readOpenIssues(access)).issues, [DETECTOR_LABEL])
  if (read.issues === null) return read.notes
  const { at, version } = tools
  const name = nameInputs(context.runsUrl)
  const target = assembleFailedTarget({ name, release: '', namespace: '' }, joinFaults(faults), [])
  const one = {
    ...{ target, commit: context.sha, persistence: { runs: 1, minutes: 0 }, silent: null, before: NO_MEMORY, ended: [], issues: [] },
    ...{ after: { ...NO_MEMORY, trouble: { verdict: 'error' as const, since: at, runs: 1 } }, desiredNow: () => undefined },
  } as const
  const { runUrl, runsUrl, runId, sha: commit } = context
  const settings = { labels: [], assignees: [], at, writingAt: at, runUrl, runsUrl, runId, version, commit, config: null }
  const outcomes = await carryOut([decideDetector([one], read.issues, settings)], { ...access, sleep: tools.sleep })
  return outcomes.flatMap(({ refusal }) => (refusal === null ? [] : [noteRefusal(refusal, 'The faults of the inputs could not be filed')]))
}

function joinFaults([first, ...others]: UserError['faults']): NonNullable<ReturnType<typeof assembleFailedTarget>['error']> {
  const { message = '', where = null, remedy = '' } = first ?? {}
  const more = others.length === 0 ? '' : ` And ${others.length} more; the log of the run has them all.`
  return { message: `${message}${more}`, where, remedy }
}
