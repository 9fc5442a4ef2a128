import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { ObjectRef, Path } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { ActorRules } from './actors.ts'
import { answer, type Question } from './answer.ts'
import { findDeployEnd } from './deploy-end.ts'
import { type BestFit, findDeployedCommit, type LiveState } from './deployed-commit.ts'
import { type Deviation, differAt, isAsRendered, listDeviations, type Subject } from './deviations.ts'
import type { Answer, History, Rendered } from './history.ts'
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
 * @param getEntries the managedFields of all live objects; asked at most once, and only when a record tells when it was
 */
export function openHistoryDesk(
  history: History | null,
  current: Rendered,
  getLive: () => LiveState,
  getEntries: () => readonly FieldsEntry[],
  rules: ActorRules,
): HistoryDesk {
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
    fit ??= findDeployedCommit(current, history?.commits ?? [], getLive(), rules, deviate)
    return fit
  }
  let deployEnd: number | null | undefined
  const getDeployEnd = () => {
    if (deployEnd === undefined) deployEnd = history?.record ? findDeployEnd(history.record, getEntries(), rules) : null
    return deployEnd
  }
  const ask = (fromCrds: boolean, question: Question): Answer => {
    if (fromCrds) return { state: 'as-deployed', confidence: question.isGone ? 'uncertain' : 'likely', because: NEVER_UPGRADED }
    return history === null ? { state: 'open' } : answer(history, getFit, question)
  }
  return {
    askPath: (subject, path, isGone) =>
      ask(subject.fromCrds, {
        isGone,
        isAs: (rendered) => isAsRendered(deviate(subject, rendered), path),
        differ: (a, b) => differAt(subject, a, b, path),
        current,
        getLastWriter: () => findLastWriter(subject.entries, subject.ref, rules),
        getDeployEnd,
      }),
    askObject: (ref, isGone) =>
      ask(false, {
        isGone,
        isAs: (rendered) => rendered.has(keyOfRef(ref)) !== isGone,
        differ: (a, b) => a.has(keyOfRef(ref)) !== b.has(keyOfRef(ref)),
        current,
        getLastWriter: () => null,
        getDeployEnd,
      }),
  }
}

/** No record has them, and which commit they are from follows from when the release was first installed. */
const NEVER_UPGRADED = 'it comes from `crds/`, which Helm installs with a release and never upgrades: Git has moved on since'
