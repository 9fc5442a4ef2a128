import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { Cause, Confidence, JsonObject } from '../model.ts'
import type { Owner } from './owners.ts'

/** What one render gave, by `keyOfRef`, as it was rendered. */
export type Rendered = ReadonlyMap<string, JsonObject>
/** What an earlier commit renders. */
export type CommitRender = {
  readonly id: string
  readonly time: string
  readonly objects: Rendered
  /** A second render, of a commit that may give something else each time; null where one says it all. */
  readonly again: Rendered | null
}
/** What Helm recorded of the last deploy. */
export type DeployRecord = {
  readonly revision: number
  /** When it began, RFC 3339; null when the record does not say. */
  readonly time: string | null
  /** Hooks ran before it wrote its first object. */
  readonly hasHooks: boolean
  readonly delivery: 'helm-server-side' | 'helm-client-side'
  /** What the last successful deploy rendered, then what deploys rendered that failed half-way since. */
  readonly rendered: readonly Rendered[]
  /** Set when it was a rollback; `undone` is what it replaced, or null when no record of that is left. */
  readonly rollback: { readonly to: number; readonly undone: Rendered | null } | null
}
/** All that is known of what was rendered before. */
export type History = {
  readonly record: DeployRecord | null
  /** Newest first. */
  readonly commits: readonly CommitRender[]
  /** How many commits were left out because they do not render, and whether there are older ones than were looked at. */
  readonly skipped: number
  readonly cut: boolean
  /** What Git renders now without the target's own `set`, of which the repository has no history; null when it has none. */
  readonly withoutSet: Rendered | null
  /** The caller could still add something: what is not settled yet stays open. */
  readonly hasMore: boolean
  /** Why the commits are not all that Git ever had, and what to do about it; null when they are. */
  readonly gap: string | null
}

/** What the history says of one difference. */
export type Answer =
  /** More has to be looked at first. */
  | { readonly state: 'open' }
  /** Nothing that can be looked at settles it. */
  | { readonly state: 'unsettled'; readonly why: string }
  /** Live is as an earlier commit, or the recorded deploy, rendered it. */
  | { readonly state: 'as-deployed'; readonly confidence: Confidence; readonly because: string }
  | { readonly state: 'rolled-back'; readonly because: string }
  /** The record of the last deploy has it, but Git never had. */
  | { readonly state: 'out-of-band'; readonly confidence: Confidence; readonly because: string }
  /** Live is not as the last deploy rendered it, as the record (or else the best fitting commit) shows. */
  | {
      readonly state: 'touched'
      readonly by: 'record' | 'commits'
      readonly confidence: Confidence
      /** For what is gone: what shows that it was there. */
      readonly because: string
      readonly lastWriter: FieldsEntry | null
      /** When the recorded deploy had written its last object, in milliseconds since 1970; null when that is not known. */
      readonly deployEnd: number | null
    }

/** Whether some deploy is known to have rendered what is live. */
export function wasRendered({ state }: Answer): boolean {
  return state === 'as-deployed' || state === 'rolled-back' || state === 'out-of-band'
}

export type Judgement = {
  readonly cause: Cause
  readonly confidence: Confidence
  readonly because: string
  readonly needsHistory?: boolean
  /** A deploy that did not come from Git, whoever is recorded as the writer. */
  readonly outOfBand?: boolean
}

/**
 * Judges a difference that the deployer holds, or nobody: is Git ahead of the cluster, or was the cluster touched?
 * `managedFields` show the same picture for both, so only what was rendered before can tell.
 *
 * @param isGone the value is absent from live
 * @param owner the deployer that holds the live value, or null
 */
export function judgeByHistory(answer: Answer, isGone: boolean, owner: Owner | null): Judgement {
  switch (answer.state) {
    case 'open':
      return { ...judgeUnsettled('its history was not looked at', owner), needsHistory: true }
    case 'unsettled':
      return judgeUnsettled(answer.why, owner)
    case 'as-deployed':
      return { cause: 'undeployed', confidence: answer.confidence, because: answer.because }
    case 'rolled-back':
      return { cause: 'manual', confidence: 'likely', because: answer.because, outOfBand: true }
    case 'out-of-band':
      return { cause: 'manual', confidence: answer.confidence, because: answer.because, outOfBand: true }
    case 'touched':
      return judgeTouched(answer, isGone, owner)
  }
}

function judgeUnsettled(why: string, owner: Owner | null): Judgement {
  const holder = owner === null ? 'no writer is recorded' : `${owner.entry.manager} holds it`
  const because = `${holder}, and whether Git is ahead or the cluster was touched cannot be told: ${why}`
  return { cause: 'unknown', confidence: 'uncertain', because }
}

function judgeTouched(answer: Extract<Answer, { state: 'touched' }>, isGone: boolean, owner: Owner | null): Judgement {
  const { confidence } = answer
  if (isGone) return { cause: 'manual', confidence, because: `${answer.because}; ${nameRemover(answer.lastWriter)}` }
  if (owner === null) {
    // Measured: what admission puts in the place of a declared value stays its deployer's. A person may clear the record.
    const because = 'no deploy is known to have rendered it, and nobody is recorded as its writer: that record may have been taken out'
    return { cause: 'unknown', confidence: 'uncertain', because }
  }
  const { manager } = owner.entry
  if (answer.by === 'commits') {
    return { cause: 'manual', confidence, because: `${manager} holds it, and ${answer.because}`, outOfBand: true }
  }
  if (wasWrittenByDeploy(owner, answer.deployEnd)) {
    const because = `${manager} holds it since a deploy that rendered something else: it was changed on its way in, as by an admission webhook`
    return { cause: 'admission', confidence: 'likely', because }
  }
  if (answer.deployEnd === null) {
    const because = `${manager} holds a value that the last recorded deploy did not render: changed on its way in, or written under a borrowed name`
    return { cause: 'unknown', confidence: 'uncertain', because }
  }
  const because = `${manager} holds a value that the last recorded deploy did not render, and wrote after it: a borrowed name`
  return { cause: 'manual', confidence, because }
}

/** A borrowed name can only be told by the time: an entry's moves with every change that is made under it. */
function wasWrittenByDeploy({ entry }: Owner, deployEnd: number | null): boolean {
  return entry.time !== null && deployEnd !== null && Date.parse(entry.time) <= deployEnd
}

/** A removal leaves no record; who wrote to the object around that time is the best guess there is. */
function nameRemover(writer: FieldsEntry | null): string {
  if (writer === null) return 'who removed it is not recorded'
  return `who removed it is not recorded, but ${writer.manager} wrote to this object last, at ${writer.time}, and may have removed it`
}
