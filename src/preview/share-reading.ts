import { isMarked } from '../explain/helm-marks.ts'
import type { Desired, Live, ObjectRef } from '../model.ts'
import { keyOfRef } from '../refs.ts'

/** What both sides want to see of the cluster, each object once. */
export function joinWanted(base: Desired, head: Desired): Desired {
  const known = new Set(head.objects.map(({ ref }) => keyOfRead(ref)))
  const objects = [...head.objects, ...base.objects.filter(({ ref }) => !known.has(keyOfRead(ref)))]
  return { objects, setAside: [...base.setAside, ...head.setAside], notes: [] }
}

/** Read is what was asked for: the same object in two versions is two readings. */
function keyOfRead(ref: ObjectRef): string {
  return `${ref.apiVersion}|${keyOfRef(ref)}`
}

/**
 * What was read, as one side alone would have read it: in the order of its objects, with what only the other side declares
 * among the objects that it does not, if the release made them.
 */
export function pickLive(read: Live, own: Desired, other: Desired, release: string): Live {
  const readings = new Map(read.readings.map((one) => [keyOfRead(one.ref), one.reading]))
  const mine = new Set(own.objects.map(({ ref }) => keyOfRef(ref)))
  const foreign = other.objects.flatMap(({ ref }) => {
    const reading = mine.has(keyOfRef(ref)) ? undefined : readings.get(keyOfRead(ref))
    return reading?.outcome === 'found' && isMarked(reading.object, release) ? [{ ref, object: reading.object }] : []
  })
  return {
    ...read,
    readings: own.objects.map(({ ref }) => ({ ref, reading: readings.get(keyOfRead(ref)) ?? { outcome: 'skipped', reason: 'not read' } })),
    extra: [...read.extra.filter(({ ref }) => !mine.has(keyOfRef(ref))), ...foreign],
  }
}
