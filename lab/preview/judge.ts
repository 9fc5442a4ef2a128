import { isDeepStrictEqual } from 'node:util'
import type { Finding, Json, JsonObject, ObjectRef, Path, PreviewChange } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { canonize, isMap, isWithin, look } from '../places.ts'
import { isSame, keyOf } from '../refs.ts'
import { isConflict, isOf } from './deploy.ts'
import { dropPlaces } from './drop-places.ts'
import type { Judged, Wrong } from './model.ts'
import { isAutoscaled, type Seen, show } from './seen.ts'

/** Compares what a preview says of one place with what happened to it; null where that cannot be seen. */
export function judgeChange(change: PreviewChange, others: readonly PreviewChange[], seen: Seen): Judged | null {
  const { prospect, object, path } = change
  const wrong = (saw: string): Judged => ({ change, wrong: tell(change, saw) })
  const right: Judged = { change, wrong: null }
  if (prospect === 'unknown' || isControlled(change, seen)) return null
  if (prospect === 'fails') {
    const own = seen.parts.filter((part) => isOf(part, object))
    const lines = (change.conflict ?? '').split('\n')
    return own.some((part) => lines.every((line) => part.includes(line))) ? right : wrong(own.join(' && ') || 'no failure')
  }
  // What is refused fails as a whole, and was made anew: nothing can be seen of its other places.
  if (seen.remade.has(keyOf(object))) return null
  const [was, is] = [seen.before, seen.after].map((objects) => objects.get(keyOf(object)) ?? null) as [JsonObject | null, JsonObject | null]
  if (path.length === 0) return judgeWhole(change, was, is) ? right : wrong(`${was === null ? 'absent' : 'there'} -> ${stateOf(is)}`)
  const [before, after] = [look(was ?? undefined, path), look(is ?? undefined, path)]
  const left = seen.left.filter((finding) => isSame(finding.object, object) && touches(finding.path, path) && !isEmptied(finding))
  const saw = `${show(before)} -> ${show(after)}, then ${left.map((one) => `${formatPath(one.path)} ${one.change} ${one.cause}`).join(', ') || 'nothing'}`
  const isChanged = !isDeepStrictEqual(before, after)
  switch (prospect) {
    case 'changes':
    case 'undoes':
      return isChanged && left.length === 0 ? right : wrong(saw)
    case 'leaves':
      return left.length > 0 && (!isChanged || isLeft(before, after)) ? right : wrong(saw)
    default: {
      // A part of it may be taken over alone: what is within and told otherwise is judged there.
      const within = others.filter((one) => isSame(one.object, object) && one.path.length > path.length && touches(one.path, path))
      const parts = within.map((one) => one.path)
      const isKept = isDeepStrictEqual(
        ...([was, is].map((one) => look(dropPlaces(one ?? {}, parts), path)).map(dropAllocated) as [Json, Json]),
      )
      const own = left.filter((finding) => !parts.some((part) => touches(finding.path, part)))
      return own.length === 0 && isKept ? right : wrong(saw)
    }
  }
}

/** Whether a controller acts on it when it likes: replicas by an autoscaler, rules by the roles that are aggregated. */
function isControlled({ object, path }: PreviewChange, seen: Seen): boolean {
  const place = formatPath(path)
  const isAggregated = place === 'rules' && seen.before.get(keyOf(object))?.aggregationRule !== undefined
  return isAggregated || (place === 'spec.replicas' && isAutoscaled(object, seen))
}

function judgeWhole({ prospect }: PreviewChange, was: JsonObject | null, is: JsonObject | null): boolean {
  switch (prospect) {
    case 'creates':
    case 'undoes':
      return was === null && is !== null
    case 'deletes':
      return was !== null && stateOf(is) !== 'there'
    default:
      return (was === null) === (is === null) && stateOf(is) !== 'going'
  }
}

/** With a finalizer it goes when somebody lets it. */
function stateOf(object: JsonObject | null): 'absent' | 'there' | 'going' {
  if (object === null) return 'absent'
  return isMap(object.metadata) && object.metadata.deletionTimestamp !== undefined ? 'going' : 'there'
}

/** A port is given a node port when its Service comes to have them. */
function dropAllocated(value: Json | undefined): Json | undefined {
  if (!isMap(value)) return value
  const { nodePort, ...rest } = value
  return rest
}

/** The API server makes null of a map out of which an apply took everything, though it declares the map itself. */
function isEmptied({ change, desired, live }: Finding): boolean {
  return change === 'removed' && live === undefined && isMap(desired) && Object.keys(desired).length === 0
}

/** An added element that is there, but for what the API server took out of it along with something else. */
function isLeft(before: Json | undefined, after: Json | undefined): boolean {
  return isMap(before) && isMap(after) && Object.entries(after).every(([name, value]) => isDeepStrictEqual(value, before[name]))
}

/** Failures of the deploy that no change tells: of objects, and of fields. */
export function listUntoldFailures(
  changes: readonly PreviewChange[],
  refs: readonly ObjectRef[],
  parts: readonly string[],
): readonly Wrong[] {
  const fails = changes.filter(({ prospect }) => prospect === 'fails')
  return parts.flatMap((part): readonly Wrong[] => {
    const own = fails.filter(({ object }) => isOf(part, object))
    const about = refs.find((ref) => isOf(part, ref)) ?? { apiVersion: '', kind: '?', namespace: null, name: '?' }
    if (own.length === 0) return [{ object: about, path: '', said: 'no failure', saw: part }]
    if (!isConflict(part)) return []
    const told = own.map(({ conflict = '' }) => conflict)
    return listFields(part).flatMap((field) =>
      told.some((text) => listFields(text).includes(field)) ? [] : [{ object: about, path: field, said: 'no conflict', saw: part }],
    )
  })
}

/** The fields that a message about conflicts names. */
function listFields(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /(?:^- |: )(\.\S+)$/.exec(line)?.[1] ?? [])
}

function touches(one: Path, other: Path): boolean {
  const [first, second] = [one, other].map((path) => canonize(formatPath(path))) as [string, string]
  return isWithin(first, second) || isWithin(second, first)
}

function tell({ object, path, prospect, conflict, text, base, head, live }: PreviewChange, saw: string): Wrong {
  const values = `base ${show(base)}, head ${show(head)}, live ${show(live)}`
  return { object, path: formatPath(path), said: `${prospect} (${conflict ?? text}) ${values}`, saw }
}
