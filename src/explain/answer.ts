import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { BestFit } from './deployed-commit.ts'
import type { Answer, CommitRender, History, Rendered } from './history.ts'

/** One difference, as it is asked of every render there is. */
export type Question = {
  readonly isGone: boolean
  /** Whether live is as this render has it. */
  readonly isAs: (rendered: Rendered) => boolean
  /** Whether two renders differ there. */
  readonly differ: (a: Rendered, b: Rendered) => boolean
  /** What Git renders now. */
  readonly current: Rendered
  readonly getLastWriter: () => FieldsEntry | null
  readonly getDeployEnd: () => number | null
}

/**
 * Answers a question from what is known: by the record where there is one, else by the commits alone.
 * @param getFit which commit was deployed; asked only where no record tells
 */
export function answer(history: History, getFit: () => BestFit, question: Question): Answer {
  return history.record === null ? answerByCommits(history, getFit, question) : answerByRecord(history, history.record, question)
}

function answerByRecord(history: History, record: NonNullable<History['record']>, question: Question): Answer {
  const { revision, rollback } = record
  if (!record.rendered.some(question.isAs)) {
    const because = `the last deploy (revision ${revision}) rendered it and it is gone`
    const [lastWriter, deployEnd] = [question.getLastWriter(), question.getDeployEnd()]
    return { state: 'touched', by: 'record', confidence: 'likely', because, lastWriter, deployEnd }
  }
  if (rollback !== null && (rollback.undone === null || !question.isAs(rollback.undone))) {
    return { state: 'rolled-back', because: `\`helm rollback\` to revision ${rollback.to} (now revision ${revision}) made it so` }
  }
  const deployed = `live is as the last deploy (revision ${revision}) rendered it`
  const commit = history.commits.find((one) => hasIt(one, question))
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
  const varying = history.commits.find((one) => mayHaveIt(one, question))
  if (varying !== undefined) return sayVarying(varying)
  if (followsFromSet(history, question)) return { state: 'unsettled', why: FOLLOWS_FROM_SET }
  const because = `the last deploy (revision ${revision}) has it, and ${describeNever(history)}: ${OUT_OF_BAND}`
  return { state: 'out-of-band', confidence: isThorough(history) ? 'likely' : 'uncertain', because }
}

function answerByCommits(history: History, getFit: () => BestFit, question: Question): Answer {
  const fit = getFit()
  if (fit.misfit > 0 && history.hasMore) return { state: 'open' }
  if (fit.commit !== null && hasIt(fit.commit, question)) return sayUndeployed(fit.commit, 'likely')
  // What is absent was absent from some commit sooner or later; a value that came back is the better witness.
  const other = question.isGone ? undefined : history.commits.find((one) => hasIt(one, question))
  if (other !== undefined) return sayUndeployed(other, 'uncertain')
  const gap = findGap(history)
  if (gap !== null) return { state: 'unsettled', why: gap }
  const varying = history.commits.find((one) => mayHaveIt(one, question))
  if (varying !== undefined) return sayVarying(varying)
  if (followsFromSet(history, question)) return { state: 'unsettled', why: FOLLOWS_FROM_SET }
  const because = question.isGone ? describeGone(history, fit, question) : `${describeNever(history)}: ${OUT_OF_BAND}`
  const confidence = isThorough(history) ? 'likely' : 'uncertain'
  return { state: 'touched', by: 'commits', confidence, because, lastWriter: question.getLastWriter(), deployEnd: null }
}

/** Whether live is as a commit renders it. */
function hasIt({ objects, again }: CommitRender, { isAs }: Question): boolean {
  return isAs(objects) || (again !== null && isAs(again))
}

/** Whether a commit renders something else there each time, so that any value may be from it. */
function mayHaveIt({ objects, again }: CommitRender, { isGone, differ }: Question): boolean {
  return !isGone && again !== null && differ(objects, again)
}

function sayVarying(commit: CommitRender): Answer {
  const because = `${describeCommit(commit)} renders something else there each time, so it may well be from that: Git has moved on since`
  return { state: 'as-deployed', confidence: 'uncertain', because }
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
  return commits.length === 1
    ? 'the only commit does not render it so'
    : `none of the ${commits.length} commits looked through renders it so`
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

function followsFromSet({ withoutSet }: History, { differ, current }: Question): boolean {
  return withoutSet !== null && differ(withoutSet, current)
}
