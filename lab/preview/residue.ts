import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, ObjectRef, Path, PreviewChange, Prospect, Scalar } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { at, isMap } from '../places.ts'
import { isSame, keyOf } from '../refs.ts'
import { dropPlaces } from './drop-places.ts'
import type { Wrong } from './model.ts'
import { isAutoscaled, type Seen, show } from './seen.ts'

/** After which of them a place is another one. */
const MOVES: readonly Prospect[] = ['changes', 'undoes', 'creates', 'deletes', 'fails']

/** What is another in the cluster after the deploy, and no change tells. */
export function listUntoldChanges(changes: readonly PreviewChange[], refs: readonly ObjectRef[], seen: Seen): readonly Wrong[] {
  const moves = changes.filter(({ prospect }) => MOVES.includes(prospect))
  return refs.flatMap((ref): readonly Wrong[] => {
    if (seen.remade.has(keyOf(ref))) return []
    const [was, is] = [seen.before, seen.after].map((objects) => objects.get(keyOf(ref)) ?? null)
    const own = moves.filter(({ object }) => isSame(object, ref))
    if (own.some(({ path }) => path.length === 0)) return []
    if (was === null || was === undefined || is === null || is === undefined) {
      return (was ?? null) === (is ?? null) ? [] : [{ object: ref, path: '', said: 'nothing', saw: is ? 'appeared' : 'disappeared' }]
    }
    // The roles that it aggregates may be of other releases, and change with them.
    const rules = was.aggregationRule === undefined ? [] : [at('rules')]
    const open = [...rules, ...(isAutoscaled(ref, seen) ? [at('spec', 'replicas')] : [])]
    const [before, now] = [was, is].map((object) => dropPlaces(mask(object, own), open))
    return compare(before, now, [])
      .filter(({ path }) => !follows(path, own))
      .map(({ path, before, after }) => ({
        object: ref,
        path: formatPath(path),
        said: 'nothing',
        saw: `${show(before)} -> ${show(after)}`,
      }))
  })
}

const COUNTERS = new Set(['deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation'])

/** An object without the places that are told to change, and without what the API server and controllers write. */
function mask(object: JsonObject, changes: readonly PreviewChange[]): JsonObject {
  const { status: _, metadata, ...rest } = object
  const { managedFields, resourceVersion, generation, uid, creationTimestamp, ...kept } = isMap(metadata) ? metadata : {}
  const annotations = Object.entries(isMap(kept.annotations) ? kept.annotations : {}).filter(([name]) => !COUNTERS.has(name))
  const whole: JsonObject = { ...rest, metadata: { ...kept, annotations: Object.fromEntries(annotations) } }
  return dropPlaces(whole, changes.flatMap(listPlaces))
}

/** An element whose key is changed is told at its new place, and is at its old one until then. */
function listPlaces({ path, live }: PreviewChange): readonly Path[] {
  const [element, field] = path.slice(-2)
  if (element === undefined || field === undefined || !('key' in element && 'field' in field && field.field in element.key)) return [path]
  const key = { ...element.key, [field.field]: live as Scalar }
  return [path.slice(0, -1), [...path.slice(0, -2), { key }]]
}

/** What the API server writes along with another field: an alias, and what a Service or a strategy has by its type. */
const FOLLOWERS: readonly (readonly [follower: string, leader: string])[] = [
  ['serviceAccount', 'serviceAccountName'],
  ['sessionAffinityConfig', 'sessionAffinity'],
  ['externalTrafficPolicy', 'externalIPs'],
  ...['nodePort', 'externalTrafficPolicy', 'internalTrafficPolicy', 'allocateLoadBalancerNodePorts', 'rollingUpdate'].map(byType),
  ...['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'].map(byType),
]

function byType(field: string): readonly [string, string] {
  return [field, 'type']
}

function follows(path: Path, changes: readonly PreviewChange[]): boolean {
  const has = (place: Path, name: string) => place.some((step) => 'field' in step && step.field === name)
  return FOLLOWERS.some(([follower, leader]) => has(path, follower) && changes.some((change) => has(change.path, leader)))
}

type Difference = { readonly path: Path; readonly before: Json | undefined; readonly after: Json | undefined }

/** Lists of maps are looked at in any order: where it matters, nothing in them has a name. */
function compare(before: Json | undefined, after: Json | undefined, path: Path): readonly Difference[] {
  if (isDeepStrictEqual(before, after) || (isBare(before) && isBare(after))) return []
  if ((isMap(before) || before === undefined) && (isMap(after) || after === undefined) && (isMap(before) || isMap(after))) {
    const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
    return [...names].flatMap((field) => compare(before?.[field], after?.[field], [...path, { field }]))
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isMap)) {
    const name = (one: JsonObject) =>
      JSON.stringify(['name', 'mountPath', 'containerPort', 'port', 'protocol', 'ip', 'key', 'topologyKey'].map((key) => one[key] ?? null))
    const [first, second] = [before, after].map((list) =>
      (list as readonly JsonObject[]).toSorted((a, b) => name(a).localeCompare(name(b))),
    )
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, index) => compare(first?.[index], second?.[index], [...path, { index }])).flat()
  }
  return [{ path, before, after }]
}

/** What holds nothing once the places that are told are out of it. */
function isBare(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true
  if (Array.isArray(value)) return (value as readonly Json[]).every(isBare)
  return isMap(value) && Object.values(value).every(isBare)
}
