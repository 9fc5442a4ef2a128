import type { Json, JsonObject, Path } from '../model.ts'
import { getAt, isList, isObject, isSame, setAt } from './json.ts'

/**
 * Fields of `metadata` that are not compared: those that the API server alone writes (charts that carry them do so by
 * accident), and the namespace, by which the object was found.
 */
const SERVER_METADATA = new Set(['namespace', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink', 'managedFields'])
/** A copy of the applied manifest that client-side `kubectl apply` leaves behind. It says nothing new and may hold secrets. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * Brings one side into the form in which both sides are compared. The same steps are taken for desired and live, since
 * normalising one side only is what makes false alarms: server-written metadata, `status` and nested empty creation
 * timestamps go; nulls are absent (the API server drops them); a Secret's `stringData` is folded into `data`.
 */
export function prepareObject(object: JsonObject): JsonObject {
  const { status: _status, ...rest } = object
  const metadata = isObject(rest.metadata) ? prepareMetadata(rest.metadata) : {}
  const prepared = dropNulls({ ...rest, metadata }) as JsonObject
  if (prepared.apiVersion !== 'v1') return prepared
  if (prepared.kind === 'Secret') return foldStringData(prepared)
  return prepared.kind === 'Pod' ? dropUsualTolerations(prepared) : prepared
}

function prepareMetadata(metadata: JsonObject): JsonObject {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([name]) => !SERVER_METADATA.has(name)))
  if (isObject(kept.annotations)) {
    kept.annotations = Object.fromEntries(Object.entries(kept.annotations).filter(([name]) => name !== LAST_APPLIED))
  }
  return kept
}

/** Copies only what has nulls in it: most objects have none, and all of them come by here. */
function dropNulls(value: Json): Json {
  if (isList(value)) {
    const items = value.map(dropNulls)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const kept = entries.flatMap(([name, child]): [string, Json][] => (child === null ? [] : [[name, dropNulls(child)]]))
  return kept.length === entries.length && kept.every(([name, child]) => child === value[name]) ? value : Object.fromEntries(kept)
}

/** Every Pod gets these two appended to its tolerations (the DefaultTolerationSeconds admission plugin, reference row 73). */
function dropUsualTolerations(pod: JsonObject): JsonObject {
  const tolerations = getAt(pod, TOLERATIONS)
  if (!isList(tolerations)) return pod
  const own = tolerations.filter((one) => !USUAL_TOLERATIONS.some((usual) => isSame(one, usual)))
  return setAt(pod, TOLERATIONS, own.length === 0 ? undefined : own) as JsonObject
}

const TOLERATIONS: Path = [{ field: 'spec' }, { field: 'tolerations' }]
const USUAL_TOLERATIONS = ['not-ready', 'unreachable'].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

/** The API server writes `stringData` over `data` and never returns it. */
function foldStringData(secret: JsonObject): JsonObject {
  const { stringData, ...rest } = secret
  const data = Object.entries(isObject(rest.data) ? rest.data : {}).map(([name, value]) => [name, unwrapBase64(value)])
  const strings = Object.entries(isObject(stringData) ? stringData : {}).map(([name, value]) => [
    name,
    Buffer.from(String(value), 'utf8').toString('base64'),
  ])
  const folded = Object.fromEntries([...data, ...strings])
  return Object.keys(folded).length === 0 ? rest : { ...rest, data: folded }
}

/** Base64 may be wrapped over lines in a chart; the bytes are what counts. */
function unwrapBase64(value: Json): Json {
  return typeof value === 'string' ? value.replace(/\s+/g, '') : value
}
