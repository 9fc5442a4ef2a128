import { getAt, isSame } from '../compare/json.ts'
import { overlaps } from '../compare/same-place.ts'
import type { DecisionInput } from '../explain/decision-input.ts'
import type { JsonObject, ObjectRef, Path } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { type Bench, openBenches, type Problem } from './compare-again.ts'
import type { KeepRender } from './keep-tools.ts'

/** What an edit would do, seen by what it renders. */
export type TrialJudgement = {
  /** Ids of the findings that are gone: Git then says there what the cluster says. */
  readonly gone: readonly string[]
  /** Places that Git would say something else of than the cluster, and does not now. */
  readonly sideEffects: readonly Place[]
  /** Checksums that follow, and so replace pods at the next deploy. */
  readonly follows: readonly Place[]
}
/** An empty path: the whole object. */
export type Place = {
  readonly object: ObjectRef
  readonly path: Path
  readonly what: 'changed' | 'appears' | 'disappears' | 'hook' | 'not-read'
}

/** Judges what a render would make of the findings, by the comparison that the check itself makes. */
export type JudgeTrial = (trial: KeepRender) => TrialJudgement

/**
 * Makes ready to judge renders.
 *
 * @param base what Git renders now, twice: what differs between the two is chance
 */
export function openJudge(input: DecisionInput, base: readonly [KeepRender, KeepRender]): JudgeTrial {
  const benches = openBenches(input)
  const before = new Map<Bench, ReadonlyMap<string, Problem>>()
  const [first, second] = base
  const isChance = (id: string) => !isSame(first.get(id)?.object, second.get(id)?.object)
  const wild = new Set(
    [...first, ...second].flatMap(([id, { template, isHook }]) =>
      (isHook ? isChance(id) : !first.has(id) || !second.has(id)) ? [template] : [],
    ),
  )
  return (trial) => {
    const result = { gone: [] as string[], sideEffects: [] as Place[], follows: [] as Place[] }
    for (const id of new Set([...first.keys(), ...trial.keys()])) {
      const [was, is] = [first.get(id), trial.get(id)]
      const ref = (was ?? is)?.ref
      if (ref === undefined || isSame(was?.object, is?.object) || wild.has((was ?? is)?.template ?? null)) continue
      const place = { object: ref, path: [] }
      if ((was ?? is)?.isHook) result.sideEffects.push({ ...place, what: 'hook' })
      else if (was === undefined) result.sideEffects.push({ ...place, what: 'appears' })
      else if (is === undefined) result.sideEffects.push({ ...place, what: 'disappears' })
      else {
        const bench = benches.get(keyOfRef(ref))
        if (bench === undefined) result.sideEffects.push({ ...place, what: 'not-read' })
        else
          judgeObject(
            bench,
            was.object,
            bench.compare(is.object),
            memoize(before, bench, () => bench.compare(was.object)),
            result,
          )
      }
    }
    return result
  }
}

function memoize<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

type Result = { readonly gone: string[]; readonly sideEffects: Place[]; readonly follows: Place[] }

function judgeObject(
  { desired, findings }: Bench,
  rendered: JsonObject,
  after: ReadonlyMap<string, Problem>,
  before: ReadonlyMap<string, Problem>,
  result: Result,
): void {
  const { ref } = desired
  for (const { id, path } of findings) {
    if (![...after.values()].some((problem) => overlaps(problem.path, path))) result.gone.push(id)
  }
  for (const [name, { path, desired: now }] of after) {
    if (before.get(name)?.desired === now) continue
    // A default that no longer follows from what is declared beside it: Git never declared it, and no deploy touches it.
    if (now === '' && getAt(rendered, path) === undefined) continue
    const place: Place = { object: ref, path, what: 'changed' }
    if (isChecksum(path)) result.follows.push(place)
    else result.sideEffects.push(place)
  }
}

/** By custom, an annotation that replaces pods when what they read changes. https://helm.sh/docs/howto/charts_tips_and_tricks/#automatically-roll-deployments */
function isChecksum(path: Path): boolean {
  const [holder, last] = path.slice(-2)
  if (holder === undefined || last === undefined || !('field' in holder) || !('field' in last)) return false
  return /^(annotations|labels)$/.test(holder.field) && /checksum|sha\d*(?:sum)?$|hash/i.test(last.field)
}
