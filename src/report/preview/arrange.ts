import type { ObjectRef, Preview, PreviewChange, Prospect, PullRequest, Report, TargetReport } from '../../model.ts'
import { PROSPECTS } from '../../preview/headline.ts'
import { groupBy, identifyObject } from '../groups.ts'
import { DECISIONS, type DecisionName } from './words.ts'

/** Which parts of a preview stand where. Pure choice, no words. */

/** A report of a pull request. */
export type PreviewReport = Report & { readonly pullRequest: PullRequest & { readonly untouched: readonly string[] } }
export type PreviewedTarget = TargetReport & { readonly preview: Preview }

export function isPreview(report: Report): report is PreviewReport {
  return report.pullRequest !== undefined
}

export function isPreviewed(target: TargetReport): target is PreviewedTarget {
  return target.preview !== undefined
}

/**
 * Whether a reviewer has to hear of a target. What is folded, what stays as it is whatever the pull request does, and what Git
 * said before it and is not deployed yet, are no reason of their own.
 */
export function concernsCluster(target: TargetReport): boolean {
  if (target.error !== null) return true
  return (target.preview?.changes ?? []).some((change) => isOwn(change) && (change.ours || MET.has(change.prospect)))
}

/** What a deploy meets matters although the pull request has not made it: whoever merges sets it off. */
const MET: ReadonlySet<Prospect> = new Set(['fails', 'undoes', 'unknown'])

/** Targets that a reviewer has to hear of, worst first; among alike ones as they come. */
export function listConcerned({ targets }: Report): readonly TargetReport[] {
  return targets
    .filter(concernsCluster)
    .map((target) => ({ target, rank: rankTarget(target) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ target }) => target)
}

/** Those that were previewed, and of which there is nothing to say. */
export function listCalm({ targets }: Report): readonly TargetReport[] {
  return targets.filter((target) => !concernsCluster(target))
}

/** All targets as a reader needs them: worst first where they are a pull request's. */
export function sortTargets(report: Report): readonly TargetReport[] {
  return isPreview(report) ? [...listConcerned(report), ...listCalm(report)] : report.targets
}

function rankTarget({ error, preview }: TargetReport): number {
  if (error !== null) return -1
  const ranks = (preview?.changes ?? []).filter(isOwn).map(({ prospect }) => PROSPECTS.indexOf(prospect))
  return ranks.reduce((least, rank) => Math.min(least, rank), PROSPECTS.length)
}

/** What is told on its own. */
function isOwn({ folded }: PreviewChange): boolean {
  return folded === undefined
}

/** What somebody has to decide about, by what it is; groups without any are left out. */
export function groupDecisions({
  changes,
}: Preview): readonly { readonly name: DecisionName; readonly changes: readonly PreviewChange[] }[] {
  const groups = groupBy(changes.filter(isOwn), nameGroup)
  return DECISIONS.flatMap((name) => {
    const those = groups.get(name)
    return those === undefined ? [] : [{ name, changes: those }]
  })
}

/** What goes as intended, as far as it is told on its own. */
export function listIntended({ changes }: Preview): readonly PreviewChange[] {
  return changes.filter((change) => isOwn(change) && nameGroup(change) === '')
}

/** What nobody needs to look at on its own. */
export function listFolded({ changes }: Preview): readonly PreviewChange[] {
  return changes.filter((change) => !isOwn(change))
}

function nameGroup({ prospect, contested }: PreviewChange): DecisionName | '' {
  if (contested && prospect !== 'fails') return 'contested'
  return DECISIONS.find((name) => name === prospect) ?? ''
}

/** What is told on its own, by object, in the order of their first appearance: those that matter most come first. */
export function groupByObject({ changes }: Preview): readonly { readonly object: ObjectRef; readonly changes: readonly PreviewChange[] }[] {
  return [...groupBy(changes.filter(isOwn), ({ object }) => identifyObject(object)).values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ object: group[0].object, changes: group }],
  )
}
