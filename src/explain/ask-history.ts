import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { ObjectRef, Path } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { ActorRules } from './actors.ts'
import { type BestFit, findDeployedCommit, type LiveState } from './deployed-commit.ts'
import { type Deviation, isAsRendered, listDeviations, type Subject } from './deviations.ts'
import type { Answer, CommitRender, History, Rendered } from './history.ts'
import { findLastWriter } from './last-writer.ts'

/** Answers questions about what was rendered before. Each object is compared with each render once at most. */
export type HistoryDesk = {
  /** @param isGone the path is absent from live */
  readonly askPath: (subject: Subject, path: Path, isGone: boolean) => Answer
  /** @param isGone the object is not in the cluster */
  readonly askObject: (ref: ObjectRef, isGone: boolean) => Answer
}

/**
 * @param history null when nothing was looked at yet: every answer is then `open`
 * @param current what Git renders now
 * @param getLive asked at most once, and only when no record tells which commit was deployed
 */
export function openHistoryDesk(history: History | null, current: Rendered, getLive: () => LiveState, rules: ActorRules): HistoryDesk {
  if (history === null) return { askPath: () => ({ state: 'open' }), askObject: () => ({ state: 'open' }) }
  const known = new Map<Subject, Map<Rendered, readonly Deviation[]>>()
  const deviate = (subject: Subject, rendered: Rendered) => {
    const of = known.get(subject) ?? new Map<Rendered, readonly Deviation[]>()
    known.set(subject, of)
    const deviations = of.get(rendered) ?? listDeviations(subject, rendered)
    of.set(rendered, deviations)
    return deviations
  }
  let fit: BestFit | null = null
  const getFit = () => {
    fit ??= findDeployedCommit(current, history.commits, getLive(), rules, deviate)
    return fit
  }
  return {
    askPath: (subject, path, isGone) =>
      answer(history, getFit, {
        isGone,
        isAs: (rendered) => isAsRendered(deviate(subject, rendered), path),
        followsFromSet: () => followsFromSet(history, current, subject, path),
        getLastWriter: () => findLastWriter(subject.entries, subject.ref, rules),
      }),
    askObject: (ref, isGone) =>
      answer(history, getFit, {
        isGone,
        isAs: (rendered) => rendered.has(keyOfRef(ref)) !== isGone,
        followsFromSet: () => history.withoutSet !== null && history.withoutSet.has(keyOfRef(ref)) !== current.has(keyOfRef(ref)),
        getLastWriter: () => null,
      }),
  }
}

type Question = {
  readonly isGone: boolean
  /** Whether live is as this render has it. */
  readonly isAs: (rendered: Rendered) => boolean
  readonly followsFromSet: () => boolean
  readonly getLastWriter: () => FieldsEntry | null
}

function answer(history: History, getFit: () => BestFit, question: Question): Answer {
  return history.record === null ? answerByCommits(history, getFit, question) : answerByRecord(history, history.record, question)
}

function answerByRecord(history: History, record: NonNullable<History['record']>, question: Question): Answer {
  const { revision, rollback } = record
  if (!record.rendered.some(question.isAs)) {
    const because = `the last deploy (revision ${revision}) rendered it and it is gone`
    return { state: 'touched', by: 'record', confidence: 'likely', because, lastWriter: question.getLastWriter() }
  }
  if (rollback !== null && (rollback.undone === null || !question.isAs(rollback.undone))) {
    return { state: 'rolled-back', because: `\`helm rollback\` to revision ${rollback.to} (now revision ${revision}) made it so` }
  }
  const deployed = `live is as the last deploy (revision ${revision}) rendered it`
  const commit = history.commits.find(({ objects }) => question.isAs(objects))
  if (commit !== undefined) {
    const because = `${deployed}, and ${describeCommit(commit)} has the same: Git has moved on since`
    return { state: 'as-deployed', confidence: 'certain', because }
  }
  if (history.hasMore) return { state: 'open' }
  const gap = findGap(history)
  if (gap !== null) {
    const because = `${deployed}: Git has moved on since, or that deploy did not come from Git, which earlier commits would tell (${gap})`
    return { state: 'as-deployed', confidence: 'uncertain', because }
  }
  if (question.followsFromSet()) return { state: 'unsettled', why: FOLLOWS_FROM_SET }
  const because = `the last deploy (revision ${revision}) rendered it so, and ${describeNever(history)}: ${OUT_OF_BAND}`
  return { state: 'out-of-band', confidence: isThorough(history) ? 'likely' : 'uncertain', because }
}

function answerByCommits(history: History, getFit: () => BestFit, question: Question): Answer {
  const fit = getFit()
  if (fit.misfit > 0 && history.hasMore) return { state: 'open' }
  if (fit.commit !== null && question.isAs(fit.commit.objects)) return sayUndeployed(fit.commit, 'likely')
  // What is absent was absent from some commit sooner or later; a value that came back is the better witness.
  const other = question.isGone ? undefined : history.commits.find(({ objects }) => question.isAs(objects))
  if (other !== undefined) return sayUndeployed(other, 'uncertain')
  const gap = findGap(history)
  if (gap !== null) return { state: 'unsettled', why: gap }
  if (question.followsFromSet()) return { state: 'unsettled', why: FOLLOWS_FROM_SET }
  const because = question.isGone ? describeGone(history, fit, question) : `${describeNever(history)}: ${OUT_OF_BAND}`
  const confidence = isThorough(history) ? 'likely' : 'uncertain'
  return { state: 'touched', by: 'commits', confidence, because, lastWriter: question.getLastWriter() }
}

function sayUndeployed(commit: CommitRender, confidence: 'likely' | 'uncertain'): Answer {
  const because = `live is as ${describeCommit(commit)} rendered it: Git has moved on since (a rollback to it looks the same; only Helm’s record would tell)`
  return { state: 'as-deployed', confidence, because }
}

function describeGone({ commits }: History, { commit }: BestFit, { isAs }: Question): string {
  if (!commits.some(({ objects }) => isAs(objects)))
    return `Git renders it, as all ${commits.length} commits looked through do, and it is gone`
  const like = commit === null ? 'Git says now' : `${describeCommit(commit)} says`
  return `the cluster otherwise stands as ${like}, where it is rendered, and it is gone`
}

function describeNever({ commits }: History): string {
  return commits.length === 1 ? 'the only commit does not' : `none of the ${commits.length} commits looked through does`
}

const OUT_OF_BAND =
  'a deploy out of band, such as `helm upgrade --set` from a laptop (if the pipeline sets this value, name its key in deploy-time-values)'
const FOLLOWS_FROM_SET = 'it follows from `set`, and Git does not tell what that was when the release was deployed'

function describeCommit({ id, time }: CommitRender): string {
  return `commit ${id.slice(0, 8)} of ${time.slice(0, 10)}`
}

/** Without a single commit there is nothing to conclude from. */
function findGap({ commits, gap }: History): string | null {
  return gap ?? (commits.length > 0 ? null : 'earlier commits are not known')
}

function isThorough({ skipped, cut }: History): boolean {
  return skipped === 0 && !cut
}

function followsFromSet(history: History, current: Rendered, subject: Subject, path: Path): boolean {
  if (history.withoutSet === null) return false
  const without = history.withoutSet.get(keyOfRef(subject.ref)) ?? {}
  return !isAsRendered(listDeviations({ ...subject, live: subject.prepare(without), entries: [] }, current), path)
}
