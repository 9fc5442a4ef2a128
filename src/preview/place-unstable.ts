import { getAt, isSame } from '../compare/json.ts'
import { isSamePath, overlaps } from '../compare/same-place.ts'
import type { DesiredObject, Json, JsonObject, Path, UnstablePath } from '../model.ts'
import type { PlacedChange } from './model.ts'
import { makeOwnFinding } from './own-finding.ts'

/** An object as one side renders it, and in the form in which it is compared: `stringData` is `data` there. */
type Side = { readonly desired: DesiredObject; readonly declared: JsonObject }

/**
 * Places that the pull request makes depend on chance, on how the release is deployed, or on deploy-time values, or that it
 * changes beside that. A check compares none of them, and a preview would be blind to whatever hides behind one.
 *
 * @param placed what findings tell already
 */
export function placeUnstable(before: Side, after: Side, live: JsonObject, placed: readonly PlacedChange[]): readonly PlacedChange[] {
  return after.desired.unstable
    .filter((one) => isTouched(one, before) && !placed.some(({ path }) => overlaps(path, one.path)))
    .map(({ path, why }): PlacedChange => {
      const at = { base: getAt(before.declared, path), head: getAt(after.declared, path), live: getAt(live, path) }
      return {
        ...{ prospect: 'changes', object: after.desired.ref, path, ...at, ours: true, contested: false, confidence: 'likely' },
        ...{ was: null, will: makeOwnFinding(after.desired.ref, path, at), because: WHY[why], conflict: null },
      }
    })
}

const WHY: { readonly [why in UnstablePath['why']]: string } = {
  random: 'the chart makes this value up, in whole or in part, with every render',
  'install-or-upgrade': 'the chart renders one value on an install and another one on an upgrade',
  'deploy-time': 'it follows from deploy-time values, which Git does not have',
}

/** What is random on both sides differs in any case, and says nothing. */
function isTouched(one: UnstablePath, { declared, desired: { unstable } }: Side): boolean {
  const known = unstable.find(({ path }) => isSamePath(path, one.path))
  if (known === undefined)
    return !unstable.some(({ path, why }) => why === 'random' && isAbove(path, one.path)) || getAt(declared, one.path) === undefined
  if (known.why === 'random' && one.why === 'random') return false
  return known.why !== one.why || !isSameSet(known.rendered, one.rendered)
}

function isAbove(top: Path, path: Path): boolean {
  return top.length < path.length && overlaps(top, path)
}

type Values = readonly (Json | undefined)[]
function isSameSet(some: Values, others: Values): boolean {
  return some.length === others.length && some.every((one) => others.some((other) => isSame(one, other)))
}
