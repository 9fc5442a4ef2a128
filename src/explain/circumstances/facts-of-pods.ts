import { count } from '../../count.ts'
import type { Fact, JsonObject, ObjectRef } from '../../model.ts'
import { nameOf } from '../../refs.ts'
import { readSelector, toLabels } from './ask.ts'
import { readField, readMaps, readNumber, readText, shorten } from './fields.ts'
import type { Seen } from './model.ts'
import { type ChangeWindow, relate } from './window.ts'

/** The most warnings that are told; the newest. */
const MOST_WARNINGS = 5
const MOST_LETTERS = 200

/** The pods that a workload's selector takes. */
export function selectPods(pods: readonly JsonObject[], workload: JsonObject): readonly JsonObject[] {
  const wanted = Object.entries(readSelector(workload))
  if (wanted.length === 0) return []
  return pods.filter((pod) => {
    const labels = toLabels(readField(pod, 'metadata.labels'))
    return wanted.every(([name, value]) => labels[name] === value)
  })
}

/** Restarts of containers that are there now; counts move, so an issue must not show them. */
export function tellRestarts(pods: readonly JsonObject[], { ref, object }: Seen, window: ChangeWindow | null): readonly Fact[] {
  const containers = selectPods(pods, object).flatMap((pod) => readMaps(pod, 'status.containerStatuses'))
  const restarted = containers.filter((one) => readNumber(one, 'restartCount') > 0)
  if (restarted.length === 0) return []
  const restarts = restarted.reduce((sum, one) => sum + readNumber(one, 'restartCount'), 0)
  const ends = restarted
    .flatMap((one) => {
      const time = readText(one, 'lastState.terminated.finishedAt')
      return time === null ? [] : [{ time, reason: readText(one, 'lastState.terminated.reason') }]
    })
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
  const reason = ends[0]?.reason ?? null
  const why = reason === null ? '' : `, the last time because of ${shorten(reason, 40)}`
  const text = `Containers of ${nameOf(ref)} were restarted ${count(restarts, 'time')}${why}.`
  const time = ends[0]?.time ?? null
  return [{ kind: 'restarts', text, time, ...relate(window, time), object: ref, steady: false }]
}

/**
 * Warnings about a workload, its pods, and whatever else the target has: the newest of each reason.
 *
 * @param objects what the target has
 * @see https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
export function tellWarnings(
  events: readonly JsonObject[],
  objects: readonly ObjectRef[],
  workloads: readonly Seen[],
  window: ChangeWindow | null,
): readonly Fact[] {
  const newest = new Map<string, { readonly event: JsonObject; readonly about: ObjectRef; readonly via: string; readonly time: string }>()
  for (const event of events) {
    const place = findSubject(event, objects, workloads)
    const time = readTime(event)
    if (place === null || time === null) continue
    const key = [place.about.kind, place.about.name, place.via, readText(event, 'reason')].join('|')
    const known = newest.get(key)
    if (known === undefined || Date.parse(known.time) < Date.parse(time)) newest.set(key, { event, ...place, time })
  }
  return [...newest.values()]
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
    .slice(0, MOST_WARNINGS)
    .map(({ event, about, via, time }) => ({
      kind: 'warning',
      text: `${shorten(readText(event, 'reason') ?? 'Warning', 60)} on ${via}${nameOf(about)}: ${shorten(readText(event, 'message') ?? 'no message', MOST_LETTERS)}`,
      time,
      ...relate(window, time),
      object: about,
      steady: false,
    }))
}

/** Pods and ReplicaSets are named after the workload they are for. */
function findSubject(event: JsonObject, objects: readonly ObjectRef[], workloads: readonly Seen[]) {
  const [kind, name] = [readText(event, 'involvedObject.kind'), readText(event, 'involvedObject.name')]
  if (kind === null || name === null) return null
  const itself = objects.find((one) => one.kind === kind && one.name === name)
  if (itself !== undefined) return { about: itself, via: '' }
  const above = kind === 'Pod' || kind === 'ReplicaSet' ? workloads.filter(({ ref }) => isNamedAfter(name, ref, kind)) : []
  // `web` and `web-api`: the longer name is the nearer one.
  const nearest = above.toSorted((a, b) => b.ref.name.length - a.ref.name.length)[0]
  return nearest === undefined ? null : { about: nearest.ref, via: kind === 'Pod' ? 'a pod of ' : 'a ReplicaSet of ' }
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label */
const SUFFIXES: { readonly [kind: string]: { readonly [of: string]: RegExp } } = {
  Pod: {
    Deployment: /^-[a-z0-9]{1,10}-[a-z0-9]{5}$/,
    StatefulSet: /^-\d+$/,
    DaemonSet: /^-[a-z0-9]{5}$/,
  },
  ReplicaSet: { Deployment: /^-[a-z0-9]{1,10}$/ },
}

function isNamedAfter(name: string, workload: ObjectRef, kind: string): boolean {
  return name.startsWith(workload.name) && (SUFFIXES[kind]?.[workload.kind]?.test(name.slice(workload.name.length)) ?? false)
}

function readTime(event: JsonObject): string | null {
  return (
    readText(event, 'series.lastObservedTime') ??
    readText(event, 'lastTimestamp') ??
    readText(event, 'eventTime') ??
    readText(event, 'metadata.creationTimestamp')
  )
}

/** Whether an object is controlled by another one. */
export function isOwnedBy(object: JsonObject, { kind, name }: ObjectRef): boolean {
  return readMaps(object, 'metadata.ownerReferences').some((one) => one.kind === kind && one.name === name)
}
