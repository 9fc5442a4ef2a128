import { isSameStep } from '../compare/lists.ts'
import type { FieldsEntry } from '../compare/managed-fields.ts'
import type { Schema } from '../compare/schema/schema.ts'
import { compareObjects } from '../compare/walk.ts'
import type { Cause, Confidence, JsonObject, ObjectRef, Path } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { Owner } from './owners.ts'

/** What the last deploy rendered, by `keyOfRef`, prepared like the sides that are compared. */
export type ReleasedObjects = ReadonlyMap<string, JsonObject>

export type Judgement = {
  readonly cause: Cause
  readonly confidence: Confidence
  readonly because: string
  readonly needsHistory?: boolean
}

/**
 * Tells for any path of an object whether live is there exactly as the last deploy rendered it (absent in both counts).
 *
 * @param released null when the release could not be read or was not asked for yet; the answers are then null too
 * @param live the prepared live object; null when it is missing
 */
export function compareToRelease(
  released: ReleasedObjects | null,
  ref: ObjectRef,
  schema: Schema | null,
  live: JsonObject,
  entries: readonly FieldsEntry[],
): (path: Path) => boolean | null {
  if (released === null) return () => null
  const deployed = released.get(keyOfRef(ref)) ?? {}
  const { declared, liveOnly } = compareObjects(ref, schema, deployed, live, entries, [])
  const differing = [...declared, ...liveOnly].map((difference) => difference.path)
  return (path) => !differing.some((other) => overlaps(other, path))
}

/**
 * Judges a difference that the deployer holds, or nobody: is Git ahead of the cluster, or was the cluster touched?
 * `managedFields` show the same picture for both, so only what the last deploy rendered can tell.
 *
 * @param asReleased whether live is as the last deploy rendered it; null when that is not known
 * @param isGone the value is absent from live
 * @param owner the deployer that holds the live value, or null
 */
export function judgeByHistory(asReleased: boolean | null, isGone: boolean, owner: Owner | null): Judgement {
  if (asReleased === null) {
    const holder = owner === null ? 'no writer is recorded' : `${owner.entry.manager} holds it`
    return {
      cause: 'unknown',
      confidence: 'uncertain',
      because: `${holder}, and without the manifest of the last deploy it cannot be told whether Git is ahead or the cluster was touched`,
      needsHistory: true,
    }
  }
  if (asReleased)
    return { cause: 'undeployed', confidence: 'likely', because: 'live is as the last deploy rendered it: Git has moved on since' }
  if (isGone) {
    return { cause: 'manual', confidence: 'likely', because: 'the last deploy rendered it and it is gone; who removed it is not recorded' }
  }
  if (owner !== null) {
    const because = `${owner.entry.manager} holds a value that the last recorded deploy did not render: a deploy out of band, or a borrowed name`
    return { cause: 'manual', confidence: 'likely', because }
  }
  return {
    cause: 'admission',
    confidence: 'uncertain',
    because: 'nobody is recorded as its writer, as with what an admission webhook changes',
  }
}

function overlaps(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((step, index) => isSameStep(step, b[index] ?? { index: -1 }))
}
