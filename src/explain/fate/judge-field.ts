import { findElement, getAt, isList, isObject, isSame } from '../../compare/json.ts'
import { overlaps } from '../../compare/same-place.ts'
import type { Confidence, Fate, Finding, Json, JsonObject, Path, Scalar } from '../../model.ts'
import { formatConflicts } from './conflict-text.ts'
import { findImmutable } from './immutable.ts'
import type { Method, Outlook, Refusal, Scene } from './model.ts'
import { hasPatchType } from './outlook.ts'
import { explainKept, explainReverted } from './reasons.ts'

/**
 * Tells what the next deploy does to one finding of an object that is there.
 *
 * @param read the live object as it was read, with its status
 */
export function judgeField(finding: Finding, scene: Scene, outlook: Outlook, method: Method, read: JsonObject): Fate {
  const { path } = finding
  if (scene.wanted.unstable.some((one) => one.why === 'random' && overlaps(one.path, path))) return AT_RANDOM
  const conflicts = outlook.conflicts.filter((conflict) => overlaps(conflict.path, path))
  const confidence = chooseConfidence(scene, method, finding)
  if (conflicts.length > 0) {
    const [first] = conflicts
    const reason = `the release is applied on the server, where a field that the chart declares with another value than ${first?.entry.manager ?? 'another manager'} gave it is a conflict`
    return { next: 'blocks-deploy', confidence, reason, conflict: formatConflicts(conflicts, outlook.conflicts.length) }
  }
  const refusal = findRefusal(outlook, path)
  if (refusal !== null) {
    const { because, message } = refusal
    return {
      next: 'blocks-deploy',
      confidence,
      reason: `with what the chart declares, ${because}, which the API server refuses`,
      ...(message === null ? {} : { conflict: message }),
    }
  }
  const before = getAt(scene.live, path)
  const after = getAt(outlook.after, path)
  if (isRenamed(finding, before) && getAt(outlook.after, nameRenamed(finding)) !== undefined)
    return { next: 'kept', confidence, reason: 'the element that the chart declares is made again, and the renamed one stays beside it' }
  if (wasSent(finding, scene, method)) return { next: 'reverted', confidence, reason: explainReverted(finding, scene, method) }
  if (isSame(before, after) || (finding.change === 'added' && isObject(after)))
    return { next: 'kept', confidence, reason: explainKept(finding, scene, method) }
  if (isAggregated(finding, scene)) return { next: 'kept', confidence, reason: REFILLED }
  const says = findImmutable(finding.object, path, scene.desired, read)
  if (says !== null)
    return {
      next: 'blocks-deploy',
      confidence,
      reason: 'the API server lets nobody change it while the object is there',
      conflict: says,
    }
  return { next: 'reverted', confidence, reason: explainReverted(finding, scene, method) }
}

/** Only the templates know, and the record of one deploy does not show it. */
const AT_RANDOM: Fate = {
  next: 'unknown',
  confidence: 'uncertain',
  reason: 'the chart makes this value up: each deploy sets another one, unless the chart looks up the live one and keeps it',
}
const REFILLED = 'the deploy empties it, and the controller that aggregates roles fills it again at once'

function isAggregated({ cause, path }: Finding, { wanted }: Scene): boolean {
  const [first] = path
  return (
    cause === 'controller' &&
    wanted.object.aggregationRule !== undefined &&
    first !== undefined &&
    'field' in first &&
    first.field === 'rules'
  )
}

/** The last deploy rendered what is live, so Helm sends the change from there even where its record could not be read. */
function wasSent({ cause }: Finding, { last }: Scene, method: Method): boolean {
  return method === 'client-side' && last === null && cause === 'undeployed'
}

/** What was rendered last matters on the client side alone: for custom resources always, else where Git has changed since. */
function chooseConfidence({ last, wanted }: Scene, method: Method, { cause }: Finding): Confidence {
  if (method === 'server-side' || last !== null) return 'certain'
  return cause === 'undeployed' || !hasPatchType(wanted.ref) ? 'likely' : 'certain'
}

function findRefusal({ refusals, after }: Outlook, path: Path): Refusal | null {
  if (refusals.length === 0) return null
  const place = toIndexes(after, path)
  return refusals.find(({ places }) => places.some((one) => overlaps(one, place))) ?? null
}

/** The same path with the places of list elements in place of their keys; it ends where there is no such element. */
function toIndexes(root: Json, path: Path): Path {
  const walked = path.reduce<{ readonly path: Path; readonly at: Json | undefined }>(
    ({ path: done, at }, step) => {
      if (at === undefined) return { path: done, at }
      if ('field' in step) return { path: [...done, step], at: getAt(at, [step]) }
      const index = isList(at) ? findElement(at, step) : -1
      return index < 0 ? { path: done, at: undefined } : { path: [...done, { index }], at: getAt(at, [{ index }]) }
    },
    { path: [], at: root },
  )
  return walked.path
}

/** Where live has the element whose key was changed. */
function nameRenamed({ path, live }: Finding): Path {
  const last = path.at(-1)
  return path.slice(0, -1).map((step, index) => {
    const isElement = index === path.length - 2 && 'key' in step && last !== undefined && 'field' in last
    return isElement ? { key: { ...step.key, [last.field]: live as Scalar } } : step
  })
}

/** An element whose key was changed is told at the place that the chart knows, where live has nothing. */
function isRenamed({ change, live }: Finding, before: Json | undefined): boolean {
  return change === 'changed' && live !== undefined && before === undefined
}
