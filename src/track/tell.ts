import { count } from '../count.ts'
import type { Outcome } from '../deliver/carry-out.ts'
import type { Stored } from '../deliver/store.ts'
import type { IssueDecision } from '../issues/model.ts'
import type { IssueNews, Note, Report, TargetReport } from '../model.ts'
import { rankVerdict } from '../report/assemble.ts'
import { groupBy } from '../report/groups.ts'
import { noteRefusal } from './access.ts'
import type { RememberedCase } from './remember.ts'

/** Everything that happened on the way, to be put into the report. */
export type Track = {
  readonly report: Report
  readonly cases: readonly RememberedCase[]
  readonly decisions: readonly IssueDecision[]
  readonly outcomes: readonly Outcome[]
  readonly stored: Stored
  readonly dryRun: boolean
  readonly notes: readonly Note[]
}

/**
 * Puts into the report what is remembered, what became of the issues, and whatever stood in the way. Pure.
 *
 * @returns the report, and what has to be told loudly: what concerns the run, and what kept a target's issue from being written
 */
export function tellTracking(track: Track): { readonly report: Report; readonly notes: readonly Note[] } {
  const targets = track.cases.map((one) => tellTarget(one, track))
  const notes = [...dedupe(track.notes), ...noteStore(track), ...noteOthers(track)]
  const verdict = rankVerdict(targets.map((target) => target.verdict))
  // Those of one target stand with it in the report, and are as urgent as the others.
  return {
    report: { ...track.report, verdict, targets, notes },
    notes: [...notes, ...noteDoubts(track), ...noteFailures(track), ...track.cases.flatMap(noteUnheard)],
  }
}

/** All targets whose drift cannot be shown to have lasted, in one note. */
function noteDoubts(track: Track): readonly Note[] {
  const doubtful = track.cases.filter(({ unproven }) => unproven.length > 0)
  const name = (fact: string, { one }: RememberedCase) => (doubtful.length === 1 ? fact : `${one.target.name}: ${fact}`)
  return noteDoubt({ unproven: doubtful.flatMap((each) => each.unproven.map((fact) => name(fact, each))) }, track)
}

/** One note for all targets of which GitHub refused the same. */
function noteFailures(track: Track): readonly Note[] {
  const refused = track.cases.flatMap((each) => {
    const { refusal = null } = findDecision(each, track).outcome ?? {}
    return refusal === null ? [] : [{ refusal, name: each.one.target.name }]
  })
  return [...groupBy(refused, ({ refusal }) => noteRefusal(refusal, '').message).values()].flatMap((group) => {
    const names = group.map(({ name }) => name).join(', ')
    const what = `The ${group.length === 1 ? 'issue' : 'issues'} of ${names} could not be brought up to date`
    return group.slice(0, 1).map(({ refusal }) => noteRefusal(refusal, what))
  })
}

function tellTarget(each: RememberedCase, track: Track): TargetReport {
  const { one, recalled } = each
  const { decision, outcome } = findDecision(each, track)
  const ended = one.ended.map(({ record, why }) => ({
    kind: 'acceptance-ended',
    message: `${record.by} had accepted ${count(record.ids.length, 'difference')} until ${record.until}; that holds no more (${why}).`,
  }))
  const remarks = (outcome?.remarks ?? []).map((message) => ({ kind: 'issue', message: `About the issue: ${message}` }))
  const issue = decision === undefined ? undefined : tellIssue(decision, outcome, track.dryRun)
  return {
    ...one.target,
    notes: [...one.target.notes, ...recalled.notes, ...noteDoubt(each, track), ...ended, ...noteFailure(each, track), ...remarks],
    cleanAt: one.before.clean?.at ?? null,
    ...(issue === undefined ? {} : { issue }),
  }
}

function findDecision({ one }: RememberedCase, { decisions, outcomes }: Track) {
  const decision = decisions.find(({ target }) => target === one.target.name)
  return { decision, outcome: outcomes.find((each) => each.decision === decision) }
}

function noteFailure(each: RememberedCase, track: Track): readonly Note[] {
  const { refusal = null } = findDecision(each, track).outcome ?? {}
  return refusal === null ? [] : [noteRefusal(refusal, `The issue of ${each.one.target.name} could not be brought up to date`)]
}

/** Somebody waits for an answer that never comes. */
function noteUnheard({ recalled }: RememberedCase): readonly Note[] {
  return recalled.notes.filter(({ kind }) => kind === 'comments-not-read')
}

function noteDoubt({ unproven }: Pick<RememberedCase, 'unproven'>, { stored }: Track): readonly Note[] {
  if (unproven.length === 0) return []
  const lost =
    'nothing is remembered of this target: this is its first check, or what earlier checks saw is lost (the cache of GitHub Actions drops what was not used for 7 days)'
  return [noteUnproven(unproven, stored.state === 'usable' ? lost : stored.reason)]
}

function tellIssue(decision: IssueDecision, outcome: Outcome | undefined, dryRun: boolean): IssueNews {
  const issue = outcome?.issue ?? decision.issue
  const named = { number: issue?.number ?? null, url: issue?.url ?? null }
  if (outcome !== undefined && outcome.refusal !== null) return { action: 'failed', ...named, why: `${outcome.refusal.message}.` }
  if (!dryRun || decision.steps.length === 0) return { action: decision.action, ...named, why: decision.why }
  // Nothing was done, so the outputs must not say that it was.
  const why = `this is a dry run; otherwise it would be ${decision.action}, since ${decision.why}`
  return { action: issue === null ? 'waiting' : 'unchanged', ...named, why }
}

/** More would hide what to do about it. */
const MOST_FACTS = 20

function noteUnproven(unproven: readonly string[], reason: string): Note {
  const message = `Whether this has lasted cannot be shown, so no issue is filed for it: ${unproven.slice(0, MOST_FACTS).join('; ')}${unproven.length > MOST_FACTS ? ` and ${unproven.length - MOST_FACTS} more` : ''}. Runs cannot be counted, since ${reason}; and the API server has recorded no time for this write. With \`state: file:PATH\` runs are counted in a file that you keep.`
  return { kind: 'persistence-unproven', message }
}

/** A store that cannot be used is told even where nothing drifts: the day that something does would be too late. */
function noteStore({ stored, dryRun }: Track): readonly Note[] {
  if (stored.state === 'usable' || dryRun) return []
  const message = `Runs cannot be counted: ${stored.reason}. A drift is then filed once its write is an hour old (or \`persist-minutes\`, if that is longer), and not at all where no time is recorded.`
  return [{ kind: 'memory-unavailable', message }]
}

/** Issues of no target of this run: the detector's, and those of targets that are gone. */
function noteOthers({ cases, decisions, outcomes, dryRun }: Track): readonly Note[] {
  const names = new Set(cases.map(({ one }) => one.target.name))
  return decisions.flatMap((decision): readonly Note[] => {
    if (decision.target !== null && names.has(decision.target)) return []
    if (decision.steps.length === 0) return []
    const outcome = outcomes.find((each) => each.decision === decision)
    const what = decision.target === null ? 'The issue about what cannot be checked' : `The issue of ${decision.target}`
    if (outcome !== undefined && outcome.refusal !== null) return [noteRefusal(outcome.refusal, `${what} could not be brought up to date`)]
    const issue = outcome?.issue ?? decision.issue
    const number = issue === null ? '' : ` (#${issue.number})`
    return [{ kind: 'issue', message: `${what}${number} ${dryRun ? 'would be' : 'was'} ${decision.action}: ${decision.why}` }]
  })
}

function dedupe(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [note.message, note])).values()]
}
