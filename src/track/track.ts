import { carryOut, type Outcome } from '../deliver/carry-out.ts'
import type { Store, Stored } from '../deliver/store.ts'
import type { GitHubContext } from '../github/context.ts'
import { explainRefusal, RefusalError } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Inputs } from '../inputs/model.ts'
import { decideDetector } from '../issues/decide-detector.ts'
import { decideOrphans } from '../issues/decide-orphans.ts'
import { decideTarget } from '../issues/decide-target.ts'
import type { Decision, IssueSettings, TargetCase, TrackedIssue } from '../issues/model.ts'
import type { StoredMemory } from '../memory/stored.ts'
import type { Note, Report } from '../model.ts'
import type { RunResult } from '../run.ts'
import { type Access, findAccess, noteRefusal } from './access.ts'
import { answerCommands } from './answer.ts'
import { type Recalled, recallTarget } from './recall.ts'
import { rememberTarget } from './remember.ts'
import { tellTracking } from './tell.ts'

export type TrackTools = {
  readonly store: Store
  readonly context: GitHubContext | null
  readonly openTracker: (context: GitHubContext) => Promise<Tracker>
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly progress: (message: string) => void
}
export type Tracked = {
  /** With acceptances, `since` and `lasting`, and with what became of the issues. */
  readonly report: Report
  /** What concerns the run as a whole: to be told loudly. */
  readonly notes: readonly Note[]
  /** What was heard in the comments of each target's issue. */
  readonly recalled: ReadonlyMap<string, Recalled>
  readonly access: Access
}

const UNREAD = 'The issues cannot be read, so none is filed or changed'

/**
 * Carries a run's result through time: recalls what earlier runs saw and what people decided, judges what has lasted, and
 * keeps the issues true. Whatever GitHub or the store refuse, the report is given, and says so.
 *
 * @param scope `all` where the run checked every target of its configuration; `some` where it checked the one asked for
 */
export async function trackIssues(run: RunResult, inputs: Inputs, tools: TrackTools, scope: 'all' | 'some'): Promise<Tracked> {
  const [access, stored] = await Promise.all([findAccess(inputs, tools.context, tools.openTracker), tools.store.read()])
  const first = await readIssues(access, 'open')
  const settings = makeSettings(run, inputs, tools.context)
  const notes = [...first.notes]
  let { issues, cases, failure } = await rememberWithIssues(run, inputs, stored, access, first.issues, settings)
  notes.push(...failure)
  // Closed ones matter only where something is about to be filed.
  const isDue = cases.some(({ one }) => one.target.findings.some(({ lasting }) => lasting === true) && !one.issues.some(isOpen))
  if (issues !== null && access.open && isDue) {
    const more = await readIssues(access, 'closed', inputs.labels[0])
    const all = more.issues === null ? null : joinIssues(issues, more.issues)
    ;({ issues, cases, failure } = await rememberWithIssues(run, inputs, stored, access, all, settings))
    notes.push(...more.notes, ...failure)
  }
  const decisions = issues === null ? [] : decideAll(cases, issues, inputs, settings, scope)
  const outcomes =
    access.open && !inputs.dryRun ? await carryOut(decisions, { tracker: access.tracker, self: access.self, sleep: tools.sleep }) : []
  notes.push(...(await answerAll(cases, access, inputs)), ...(await saveMemory(cases, outcomes, stored, inputs, tools.store)))
  const told = tellTracking({ report: run.report, cases, decisions, outcomes, access, stored, dryRun: inputs.dryRun, notes })
  const recalled = new Map(cases.map(({ one, recalled }) => [one.target.name, recalled]))
  return { ...told, recalled, access }
}

/** Remembers with the help of the issues; where GitHub breaks down meanwhile, without, and then none is filed or changed. */
async function rememberWithIssues(...[run, inputs, stored, access, issues, settings]: Parameters<typeof remember>): Promise<{
  readonly issues: readonly TrackedIssue[] | null
  readonly cases: readonly RememberedCase[]
  readonly failure: readonly Note[]
}> {
  try {
    return { issues, cases: await remember(run, inputs, stored, access, issues, settings), failure: [] }
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    const cases = await remember(run, inputs, stored, access, null, settings)
    return { issues: null, cases, failure: [noteRefusal(error.refusal, UNREAD)] }
  }
}

export type RememberedCase = { readonly one: TargetCase; readonly recalled: Recalled; readonly unproven: readonly string[] }

async function remember(
  run: RunResult,
  inputs: Inputs,
  stored: Stored,
  access: Access,
  issues: readonly TrackedIssue[] | null,
  settings: IssueSettings,
): Promise<readonly RememberedCase[]> {
  const known = access.open && issues !== null ? { tracker: access.tracker, self: access.self, all: issues } : null
  const cases: RememberedCase[] = []
  for (const target of run.report.targets) {
    const recalled = await recallTarget(target, stored, known, settings.at)
    const { persistRuns: runs, persistMinutes: minutes } = inputs.targets.find(({ name }) => name === target.name) ?? {
      persistRuns: 2,
      persistMinutes: 0,
    }
    const reading = run.readings.get(target.name) ?? { commit: null, desiredNow: () => undefined }
    cases.push(rememberTarget({ target, recalled, reading, persistence: { runs, minutes }, store: stored.state, at: settings.at }))
  }
  return cases
}

function isOpen({ state }: TrackedIssue): boolean {
  return state === 'open'
}

/** Ours, by author; those that were closed by label, too, since there may be years of them. */
async function readIssues(
  access: Access,
  state: 'open' | 'closed',
  label?: string,
): Promise<{ readonly issues: readonly TrackedIssue[] | null; readonly notes: readonly Note[] }> {
  if (!access.open) return { issues: null, notes: [access.note] }
  const { tracker, self } = access
  try {
    const { issues, complete } = await tracker.listIssues(self, { state, creator: self, ...(label === undefined ? {} : { label }) })
    // Should GitHub not know the creator by this name, its own label still finds what was filed.
    const more = state === 'closed' && label !== undefined ? (await tracker.listIssues(self, { state: 'open', label })).issues : []
    if (complete || state === 'closed') return { issues: joinIssues(issues, more), notes: [] }
    const message = `No issue is filed or changed: \`${self}\` has more than 1,000 open issues and pull requests here, so ours cannot be told for sure. Give Plumbline a token of its own.`
    return { issues: null, notes: [{ kind: 'too-many-issues', message }] }
  } catch (error) {
    return { issues: null, notes: [noteRefusal(explainRefusal(error), UNREAD)] }
  }
}

function joinIssues(some: readonly TrackedIssue[], more: readonly TrackedIssue[]): readonly TrackedIssue[] {
  return [...new Map([...some, ...more].map((issue) => [issue.number, issue])).values()]
}

function makeSettings(run: RunResult, inputs: Inputs, context: GitHubContext | null): IssueSettings {
  const commits = [...run.readings.values()].map(({ commit }) => commit)
  return {
    ...{ labels: inputs.labels, assignees: inputs.assignees, at: run.report.generatedAt, version: run.report.tool.version },
    ...{ runUrl: context?.runUrl ?? null, runsUrl: context?.runsUrl ?? null, commit: commits[0] ?? context?.sha ?? null },
    config: inputs.configFile,
  }
}

function decideAll(
  cases: readonly RememberedCase[],
  issues: readonly TrackedIssue[],
  inputs: Inputs,
  settings: IssueSettings,
  scope: 'all' | 'some',
): readonly Decision[] {
  let room =
    inputs.maxOpenedIssues === -1
      ? Number.POSITIVE_INFINITY
      : inputs.maxOpenedIssues - issues.filter((issue) => isOpen(issue) && issue.parts.identity.kind === 'drift').length
  const decisions = cases.map(({ one }) => {
    const decision = decideTarget(one, settings, room)
    if (decision.action === 'filed' || decision.action === 'reopened') room -= 1
    return decision
  })
  const orphans =
    scope === 'all'
      ? decideOrphans(
          issues,
          cases.map(({ one }) => one.target.name),
          settings,
        )
      : []
  const checked = cases.map(({ one: { target, after } }) => {
    const { persistRuns: runs, persistMinutes: minutes } = inputs.targets.find(({ name }) => name === target.name) ?? {
      persistRuns: 2,
      persistMinutes: 0,
    }
    return { target, after, persistence: { runs, minutes } }
  })
  return [...decisions, ...orphans, decideDetector(checked, issues, settings)]
}

/** Commands that no triage has answered yet: without a workflow for comments, the next check does. */
async function answerAll(cases: readonly RememberedCase[], access: Access, { dryRun }: Inputs): Promise<readonly Note[]> {
  if (!access.open || dryRun) return []
  const notes: Note[] = []
  for (const { one, recalled } of cases) {
    // The oldest, whose comments were read: any other is a duplicate, and closed by now.
    const [issue] = one.issues.filter(isOpen).toSorted((a, b) => a.number - b.number)
    // GitHub refuses comments on a locked issue: it would be tried in vain at every run.
    if (issue !== undefined && !issue.locked) notes.push(...(await answerCommands(access.tracker, access.self, issue.number, recalled)))
  }
  return notes
}

/** What was decided is remembered where it was done; where it was not, the next run decides again. */
async function saveMemory(
  cases: readonly RememberedCase[],
  outcomes: readonly Outcome[],
  stored: Stored,
  inputs: Inputs,
  store: Store,
): Promise<readonly Note[]> {
  if (inputs.dryRun || stored.state === 'unavailable') return []
  const memories = cases.map(({ one }) => {
    const outcome = outcomes.find(({ decision }) => decision.target === one.target.name)
    const memory = outcome === undefined || outcome.refusal !== null ? one.after : (outcome.decision.memory ?? one.after)
    return [one.target.name, { ...memory, issue: outcome?.issue?.number ?? memory.issue }] as const
  })
  const targets: StoredMemory = Object.fromEntries(memories)
  const fault = await store.save({ ...stored.targets, ...targets })
  if (fault === null) return []
  return [
    { kind: 'memory-not-saved', message: `What this run saw could not be kept for the next: ${fault}. Drift may take longer to be filed.` },
  ]
}
