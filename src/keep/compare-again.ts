import type { LiveOnly } from '../compare/comparison.ts'
import { explainsItself } from '../compare/live-only.ts'
import { readManagedFields } from '../compare/managed-fields.ts'
import { nameValue } from '../compare/name-value.ts'
import { findBuiltInSchema } from '../compare/schema/built-in.ts'
import { compareObjects } from '../compare/walk.ts'
import type { DecisionInput } from '../explain/decision-input.ts'
import { choosePreparation } from '../explain/helm-marks.ts'
import type { DesiredObject, Finding, Json, JsonObject, Path } from '../model.ts'
import { formatPath } from '../path.ts'
import { keyOfRef } from '../refs.ts'

/** A place where a render and the cluster differ, and what the render has there. */
export type Problem = { readonly path: Path; readonly desired: string }
/** One object with all that is needed to compare it again. */
export type Bench = {
  readonly desired: DesiredObject
  readonly compare: (rendered: JsonObject) => ReadonlyMap<string, Problem>
  readonly findings: readonly Finding[]
}

/** What compares every object that was read with another render of it, by its key. */
export function openBenches(input: DecisionInput): ReadonlyMap<string, Bench> {
  const { target, desired, live, delivery, findSchema } = input
  const benches = new Map<string, Bench>()
  for (const [index, one] of desired.entries()) {
    const reading = live.readings[index]?.reading
    if (reading?.outcome !== 'found') continue
    const findings = input.findings.filter(({ object, path }) => path.length > 0 && keyOfRef(object) === keyOfRef(one.ref))
    const sides = input.sides.get(one.ref)
    if (sides?.live === undefined) continue
    const { live: prepared } = sides
    const entries = readManagedFields(reading.object)
    const prepare = choosePreparation(target, one, prepared, delivery)
    const schema = findBuiltInSchema(one.ref) ?? findSchema(one.ref)
    const compare = (rendered: JsonObject) => {
      const { declared, liveOnly } = compareObjects(one.ref, schema, prepare(rendered), prepared, entries, one.unstable)
      const problems = new Map<string, Problem>()
      const add = (path: Path, wanted: Json | undefined) =>
        problems.set(formatPath(path), { path, desired: wanted === undefined ? '' : nameValue(wanted) })
      for (const { path, desired: wanted, unstable } of declared) if (unstable === null) add(path, wanted)
      for (const node of liveOnly) for (const path of listLeaves(node)) add(path, undefined)
      return problems
    }
    benches.set(keyOfRef(one.ref), { desired: one, compare, findings })
  }
  return benches
}

/** What only live has, at its deepest places, without what the API server fills in by itself. */
function listLeaves(node: LiveOnly): readonly Path[] {
  if (explainsItself(node)) return []
  const below = node.children.flatMap(listLeaves)
  return below.length > 0 ? below : [node.path]
}
