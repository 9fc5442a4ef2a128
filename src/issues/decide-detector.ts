import { type DetectorMarker, type TargetTrouble, writeBody } from '../memory/marker.ts'
import type { TargetReport } from '../model.ts'
import { formatDetectorBody, formatDetectorClosing, formatDetectorTitle } from '../report/detector-issue.ts'
import { dropPassing } from '../report/steady-text.ts'
import { shorten } from '../report/values.ts'
import { closeWith } from './close-with.ts'
import { hash, measureRoom } from './compose.ts'
import { isHeartbeatDue } from './decide-open.ts'
import { STALE_DAYS } from './decide-orphans.ts'
import { closeDuplicate, joinDuplicates, REOPEN_DAYS } from './decide-target.ts'
import { keepTitle } from './keep-title.ts'
import type { IssueDecision, IssueSettings, IssueStep, TargetCase, TrackedIssue } from './model.ts'
import { nameInputs } from './name-inputs.ts'
import { listOpen, refer } from './tracked.ts'

/** The label of the issue about what cannot be checked: drift is news, this is a fault. */
export const DETECTOR_LABEL = 'drift-error'
/** Reading a part is better than nothing: it takes longer than an error to be worth an issue of its own. */
export const INCOMPLETE_HOURS = 24

/** Whether some target cannot be checked for long enough to be told, and no issue tells it yet. */
export function isDetectorDue(cases: readonly TargetCase[], issues: readonly TrackedIssue[], at: string): boolean {
  const isTold = issues.some(({ state, parts }) => state === 'open' && parts.identity.kind === 'detector')
  return !isTold && cases.some((one) => hasLasted(one, at))
}

/**
 * Decides about the one issue that says which targets cannot be checked, so that a dead detector is noticed. Several
 * workflows may share it: each run speaks for its own targets only.
 */
export function decideDetector(cases: readonly TargetCase[], issues: readonly TrackedIssue[], settings: IssueSettings): IssueDecision {
  const ours = issues.filter(({ parts }) => parts.identity.kind === 'detector' && !parts.newer)
  const [open, ...extra] = listOpen(ours)
  const duplicates = extra.flatMap((issue) => closeDuplicate(issue, open?.number ?? 0))
  const troubles = listTroubles(cases, open ?? null, settings)
  const decision = decide(troubles, open ?? null, ours, settings)
  return joinDuplicates(decision, duplicates)
}

function decide(
  troubles: readonly TargetTrouble[],
  open: TrackedIssue | null,
  all: readonly TrackedIssue[],
  settings: IssueSettings,
): IssueDecision {
  const base = { target: null, issue: open === null ? null : refer(open), memory: null, steps: [] }
  if (troubles.length === 0 && open === null) return { ...base, action: 'none', why: 'everything could be checked.' }
  const composed = compose(troubles, open ?? findReopenable(all, settings.at), settings)
  if (open === null) {
    const unwanted = all.find((issue) => isUnwanted(issue, troubles, settings.at))
    if (unwanted !== undefined) {
      const why = `#${unwanted.number} about the same targets was closed by somebody, so it is left alone.`
      return { ...base, action: 'left-alone', why, issue: refer(unwanted) }
    }
    const earlier = findReopenable(all, settings.at)
    const why = 'some targets cannot be checked.'
    if (earlier === null) {
      const { title, body } = composed
      const step: IssueStep = { type: 'file', title, body, labels: [DETECTOR_LABEL], assignees: settings.assignees }
      return { ...base, action: 'filed', why, steps: [step] }
    }
    const step = {
      type: 'edit' as const,
      number: earlier.number,
      ...keepTitle(earlier, composed.title),
      body: composed.body,
      state: 'open' as const,
    }
    return { ...base, action: 'reopened', why, issue: refer(earlier), steps: [step] }
  }
  const before = open.parts.marker?.kind === 'detector' ? open.parts.marker : null
  if (troubles.length === 0) {
    const marker: DetectorMarker = { ...composed.marker, closed: true }
    const comment = formatDetectorClosing({
      names: before?.troubles.map(({ name }) => name) ?? [],
      ...{ at: settings.at, commit: settings.commit, runUrl: settings.runUrl },
    })
    return { ...base, action: 'closed', why: 'everything can be checked again.', steps: closeWith(open, comment, marker, 'completed') }
  }
  const isDue = before === null || isHeartbeatDue(before.writtenAt, settings.at)
  if (!isDue && composed.marker.digest === before?.digest) return { ...base, action: 'unchanged', why: 'nothing has changed.' }
  const steps: readonly IssueStep[] = [{ type: 'edit', number: open.number, ...keepTitle(open, composed.title), body: composed.body }]
  return { ...base, action: 'updated', why: 'what cannot be checked has changed.', steps }
}

/**
 * The troubles to tell: this run's, once one of them has lasted, and those of targets that this run does not know. An open issue
 * tells the young ones, too, so that it is never closed over one of them.
 */
function listTroubles(cases: readonly TargetCase[], open: TrackedIssue | null, { at, runsUrl }: IssueSettings): readonly TargetTrouble[] {
  const told = open?.parts.marker?.kind === 'detector' ? open.parts.marker.troubles : []
  // That there are cases shows that the inputs could be read.
  const names = new Set([nameInputs(runsUrl), ...cases.map(({ target }) => target.name)])
  // One of which nothing was heard for long was renamed or removed; kept, it would keep the issue open for ever.
  const isHeard = ({ checkedAt }: TargetTrouble) => Date.parse(at) - Date.parse(checkedAt) < STALE_DAYS * 86_400_000
  const others = told.filter((one) => !names.has(one.name) && isHeard(one))
  const isDue = open !== null || cases.some((one) => hasLasted(one, at))
  const own = cases.flatMap(({ target, after: { trouble } }) => {
    if (trouble === null || !isDue) return []
    const known = told.find(({ name }) => name === target.name)
    return [{ ...trouble, since: known?.since ?? trouble.since, name: target.name, checkedAt: at, ...describe(target) }]
  })
  return [...others, ...own].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function hasLasted({ after: { trouble }, persistence: { runs, minutes } }: TargetCase, at: string): boolean {
  if (trouble === null) return false
  const passed = (Date.parse(at) - Date.parse(trouble.since)) / 60_000
  const least = trouble.verdict === 'incomplete' ? Math.max(minutes, INCOMPLETE_HOURS * 60) : minutes
  return trouble.runs >= runs && passed >= least
}

/** In the marker there is room for a few words about each. */
const MOST_CHARS = 600

function describe({ error, unread, counts }: TargetReport): Pick<TargetTrouble, 'message' | 'where' | 'remedy' | 'unread'> {
  const { message, where, remedy } = error ?? {
    message: `${counts.unread} of ${counts.objects} objects could not be read.`,
    where: null,
    remedy: unread[0]?.remedy ?? '',
  }
  return { message: shorten(dropPassing(message), MOST_CHARS), where, remedy: shorten(remedy, MOST_CHARS), unread: counts.unread }
}

/** A day's grace after somebody closed it as done; for good where they closed it as not planned. */
const GRACE_HOURS = 24

/** Whether a human has closed the issue, and it was about no other targets than now. */
function isUnwanted({ state, reason, closedAt, parts: { marker } }: TrackedIssue, troubles: readonly TargetTrouble[], at: string): boolean {
  if (state !== 'closed' || marker?.kind !== 'detector' || marker.closed) return false
  const known = new Set(marker.troubles.map(({ name }) => name))
  if (!troubles.every(({ name }) => known.has(name))) return false
  return reason !== 'completed' || Date.parse(at) - Date.parse(closedAt ?? at) < GRACE_HOURS * 3_600_000
}

function findReopenable(issues: readonly TrackedIssue[], at: string): TrackedIssue | null {
  const recent = issues.filter(({ state, reason, closedAt, locked }) => {
    if (state !== 'closed' || reason !== 'completed' || locked || closedAt === null) return false
    return Date.parse(at) - Date.parse(closedAt) <= REOPEN_DAYS * 86_400_000
  })
  return recent.toSorted((a, b) => b.number - a.number)[0] ?? null
}

function compose(troubles: readonly TargetTrouble[], issue: TrackedIssue | null, settings: IssueSettings) {
  const around = issue?.parts ?? { before: '', after: '' }
  const input = { troubles, runsUrl: settings.runsUrl, version: settings.version }
  const checked = { at: settings.at, commit: settings.commit, runUrl: settings.runUrl }
  const title = formatDetectorTitle({ troubles })
  const visible = formatDetectorBody({ ...input, checked }, { maxChars: measureRoom(around) })
  const digest = hash(title, formatDetectorBody({ ...input, checked: null }, { maxChars: measureRoom(around) }))
  const labels = issue?.parts.marker?.labels ?? [DETECTOR_LABEL]
  const marker: DetectorMarker = {
    ...{ kind: 'detector', closed: false, troubles, labels, title, digest, visible: hash(visible.trim()), writtenAt: settings.at },
  }
  return { title, marker, body: writeBody(marker, visible, around) }
}
