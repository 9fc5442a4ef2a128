import { carryOut } from '../deliver/carry-out.ts'
import type { Store, Stored } from '../deliver/store.ts'
import type { GitHubContext } from '../github/context.ts'
import { RefusalError } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { Inputs } from '../inputs/model.ts'
import { decideAll, listLabelsToSearch } from '../issues/decide-all.ts'
import type { IssueSettings, TrackedIssue } from '../issues/model.ts'
import { listOpen } from '../issues/tracked.ts'
import type { Persistence } from '../memory/lasting.ts'
import type { Note, Report } from '../model.ts'
import type { RunResult } from '../run.ts'
import { type Access, findAccess, noteRefusal } from './access.ts'
import { answerCommands } from './answer.ts'
import { addClosedIssues, type ReadIssues, readOpenIssues, UNREAD } from './read-issues.ts'
import { recallTarget } from './recall.ts'
import { type RememberedCase, rememberTarget } from './remember.ts'
import { saveMemory } from './save-memory.ts'
import { tellTracking } from './tell.ts'

export type TrackTools = {
  readonly store: Store
  readonly context: GitHubContext | null
  readonly openTracker: (context: GitHubContext) => Promise<Tracker>
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly progress: (message: string) => void
  readonly now: () => Date
}
export type Tracked = {
  /** With acceptances, `since` and `lasting`, and with what became of the issues. */
  readonly report: Report
  /** What is to be told loudly. */
  readonly notes: readonly Note[]
  readonly access: Access
}

/**
 * Carries a run's result through time: recalls what earlier runs saw and what people decided, judges what has lasted, and
 * keeps the issues true. Whatever GitHub or the store refuse, the report is given, and says so.
 *
 * @param scope `all` where the run checked every target of its configuration; `some` where it checked the one asked for
 */
export async function trackIssues(run: RunResult, inputs: Inputs, tools: TrackTools, scope: 'all' | 'some'): Promise<Tracked> {
  const [access, stored] = await Promise.all([findAccess(inputs, tools.context, tools.openTracker), tools.store.read()])
  const settings = makeSettings(run, inputs, tools)
  const recallAll = (read: ReadIssues) => rememberAll(run, inputs, { stored, access, read, settings })
  let round = await recallAll(await readOpenIssues(access))
  const ones = (cases: readonly RememberedCase[]) => cases.map(({ one }) => one)
  const labels = listLabelsToSearch(ones(round.cases), round.issues ?? [], settings)
  // Only the second look knows whether there is an issue to open again.
  if (round.issues !== null && labels.length > 0) round = await recallAll(await addClosedIssues(access, round.issues, labels))
  const { cases, issues } = round
  const { maxOpenedIssues, dryRun } = inputs
  const decisions =
    issues === null ? [] : decideAll(ones(cases), issues, { maxOpenedIssues, scope }, { ...settings, writingAt: tools.now().toISOString() })
  const isWriting = access.open && !dryRun
  const outcomes = isWriting ? await carryOut(decisions, { tracker: access.tracker, self: access.self, sleep: tools.sleep }) : []
  const answered = isWriting ? await answerAll(cases, access) : []
  // What a branch or a pull request asks for is not what the cluster should be: its readings count for nothing.
  const isKept = !dryRun && (access.open || access.speaks)
  const saved = isKept ? await saveMemory(ones(cases), outcomes, stored, tools.store) : []
  const notes = [...round.notes, ...answered, ...saved]
  return { ...tellTracking({ report: run.report, cases, decisions, outcomes, stored, dryRun, notes }), access }
}

type Round = { readonly cases: readonly RememberedCase[]; readonly issues: readonly TrackedIssue[] | null; readonly notes: readonly Note[] }
type Witnesses = { readonly stored: Stored; readonly access: Access; readonly read: ReadIssues; readonly settings: IssueSettings }

/** Remembers with the help of the issues; where GitHub breaks down meanwhile, without, and then none is filed or changed. */
async function rememberAll(run: RunResult, inputs: Inputs, witnesses: Witnesses): Promise<Round> {
  const { issues, notes } = witnesses.read
  try {
    return { issues, notes, cases: await remember(run, inputs, witnesses) }
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    const cases = await remember(run, inputs, { ...witnesses, read: { issues: null, notes: [] } })
    return { issues: null, notes: [...notes, noteRefusal(error.refusal, UNREAD)], cases }
  }
}

async function remember(run: RunResult, inputs: Inputs, { stored, access, read, settings }: Witnesses): Promise<readonly RememberedCase[]> {
  const known = access.open && read.issues !== null ? { tracker: access.tracker, self: access.self, all: read.issues } : null
  const cases: RememberedCase[] = []
  for (const target of run.report.targets) {
    const recalled = await recallTarget(target, stored, known, settings.at)
    const reading = run.readings.get(target.name) ?? { commit: null, cluster: null, desiredNow: () => undefined }
    const persistence = findPersistence(inputs, target.name)
    const store = stored.state === 'usable' && !Object.hasOwn(stored.targets, target.name) ? 'blank' : stored.state
    cases.push(rememberTarget({ target, recalled, reading, persistence, store, at: settings.at, runId: settings.runId }))
  }
  return cases
}

function findPersistence({ targets }: Inputs, name: string): Persistence {
  const target = targets.find((one) => one.name === name)
  if (target === undefined) throw new Error(`the report has a target that was not asked for: ${name}`)
  return { runs: target.persistRuns, minutes: target.persistMinutes }
}

function makeSettings(run: RunResult, inputs: Inputs, { context, now }: TrackTools): IssueSettings {
  const commits = [...run.readings.values()].map(({ commit }) => commit)
  return {
    ...{ labels: inputs.labels, assignees: inputs.assignees, at: run.report.generatedAt, version: run.report.tool.version },
    runId: context?.runId ?? null,
    ...{ runUrl: context?.runUrl ?? null, runsUrl: context?.runsUrl ?? null, commit: commits[0] ?? context?.sha ?? null },
    ...{ config: inputs.configFile, writingAt: now().toISOString() },
  }
}

/** Commands that no triage has answered yet: without a workflow for comments, the next check does. */
async function answerAll(cases: readonly RememberedCase[], { tracker, self }: Access & { readonly open: true }): Promise<readonly Note[]> {
  const notes: Note[] = []
  for (const { one, recalled } of cases) {
    // The oldest, whose comments were read: any other is a duplicate, and closed by now.
    const [issue] = listOpen(one.issues)
    // GitHub refuses comments on a locked issue: it would be tried in vain at every run.
    if (issue !== undefined && !issue.locked) notes.push(...(await answerCommands(tracker, self, issue.number, recalled)))
  }
  return notes
}
