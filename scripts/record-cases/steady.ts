import { pathOf } from '../../__tests__/make-live.ts'
import { getAt, setAt } from '../../src/compare/json.ts'
import type { Json, JsonObject } from '../../src/model.ts'

const MANAGED_FIELDS = pathOf('metadata.managedFields')

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const ANY_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g
/** Everything else that looks like a time is somebody's value. */
const TIME_FIELD = /^time$|Time(stamp)?$|restartedAt$/
/** The deploy, and the night in which people came. */
const DEPLOYED = Date.parse('2026-11-23T09:00:00Z')
const TOUCHED = Date.parse('2026-11-23T14:50:36Z')
const SUFFIX = /^(kube-api-access)-[a-z0-9]{5}$/

/**
 * Puts fixed values in the place of those that differ from recording to recording: ids, versions, times, addresses and
 * what is made up by chance. The same value becomes the same, and the order of times stays.
 *
 * @param starts when the steps of each twin began, in seconds
 */
export function steady(objects: readonly JsonObject[], starts: readonly number[]): readonly JsonObject[] {
  const names = new Map<string, string>()
  const rename = (value: string, make: (count: number) => string): string => {
    const known = names.get(value) ?? make(names.size + 1)
    names.set(value, known)
    return known
  }
  // Ids are in texts, too: owner references are keyed by them.
  const replaceIds = (text: string): string =>
    text.replaceAll(UID, (uid) => rename(uid, (count) => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`))
  const replaceText = (text: string, field: string): string => {
    if (TIME.test(text) && TIME_FIELD.test(field)) return moveTime(text, starts)
    if (field === 'autoscaling.alpha.kubernetes.io/conditions') return text.replaceAll(ANY_TIME, (time) => moveTime(time, starts))
    if (field === 'resourceVersion') return '1'
    if (/^10\.0\.\d+\.\d+$/.test(text)) return rename(text, (count) => `10.0.0.${count}`)
    return replaceIds(text).replace(SUFFIX, '$1-7h2kd')
  }
  const replace = (value: Json, field: string): Json => {
    if (typeof value === 'string') return replaceText(value, field)
    // Ports that the API server draws; people in these cases name ports of whole hundreds.
    if (typeof value === 'number' && /odePort$/.test(field) && value % 100 !== 0)
      return Number(rename(String(value), (n) => `${31_000 + n}`))
    if (Array.isArray(value)) return value.map((item: Json) => replace(item, field))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value as JsonObject).map(([name, child]) => [replaceIds(name), replace(child, name)]))
  }
  return objects.map((object) => sortEntries(replace(object, '') as JsonObject))
}

/** In the order that the API server itself gives to entries of one time: https://github.com/kubernetes-sigs/structured-merge-diff */
export function sortEntries(object: JsonObject): JsonObject {
  const entries = getAt(object, MANAGED_FIELDS)
  if (!Array.isArray(entries)) return object
  const order = ['operation', 'time', 'manager', 'apiVersion', 'subresource']
  const toText = (entry: JsonObject): string => order.map((name) => String(entry[name] ?? '')).join(' ')
  return setAt(
    object,
    MANAGED_FIELDS,
    entries.toSorted((a, b) => toText(a).localeCompare(toText(b))),
  ) as JsonObject
}

function moveTime(text: string, starts: readonly number[]): string {
  const seconds = Date.parse(text) / 1000
  const passed = starts.filter((start) => seconds >= start).length
  const time = passed === 0 ? DEPLOYED : TOUCHED + (passed - 1) * 60_000
  return new Date(time).toISOString().replace('.000', '')
}
