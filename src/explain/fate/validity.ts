import { getOwn, isList, isObject } from '../../compare/json.ts'
import { parseQuantity } from '../../compare/quantity.ts'
import type { Json, JsonObject, ObjectRef, Path } from '../../model.ts'
import type { Refusal } from './model.ts'

/**
 * What the API server refuses in one map of an object. Merging Git's values with what a person left there can give what
 * neither side has: two handlers for one probe, say.
 */
type Rule = {
  /** The kind and the place, without list keys: `Deployment spec.strategy`. */
  readonly place: RegExp
  /** The places below the map that do not go together; empty where all is well. */
  readonly findClash: (map: JsonObject) => readonly Path[]
  readonly because: string
  readonly message: string
}

const oneOf =
  (...names: readonly string[]): Rule['findClash'] =>
  (map) => {
    const set = names.filter((name) => isSet(map[name]))
    return set.length > 1 ? set.map((field) => [{ field }]) : []
  }
const onlyWith =
  (field: string, other: string, values: readonly string[]): Rule['findClash'] =>
  (map) =>
    isSet(map[field]) && isSet(map[other]) && !values.includes(String(map[other])) ? [[{ field }], [{ field: other }]] : []

/** Read from the validations of Kubernetes v1.34 (the folders `validation` below `pkg/apis`). */
const RULES: readonly Rule[] = [
  {
    place: /(?:[a-z]Probe|lifecycle\.postStart|lifecycle\.preStop)$/,
    findClash: oneOf('exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'),
    because: 'two handlers would be set, of which there may be one',
    message: 'may not specify more than 1 handler type',
  },
  {
    place: /\.env\[\]$/,
    findClash: ({ value, valueFrom }) =>
      value === '' ? [] : oneOf('value', 'valueFrom')({ value: value ?? null, valueFrom: valueFrom ?? null }),
    because: 'the variable would have a value and a source for it',
    message: 'may not be specified when `value` is not empty',
  },
  {
    place: /\.env\[\]\.valueFrom$/,
    findClash: oneOf('fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'),
    because: 'the variable would have two sources',
    message: 'may not have more than one field specified at a time',
  },
  {
    place: /spec\.volumes\[\]$/,
    findClash: (map) => oneOf(...Object.keys(map).filter((name) => name !== 'name'))(map),
    because: 'the volume would have two types',
    message: 'may not specify more than 1 volume type',
  },
  {
    place: /^Deployment spec\.strategy$/,
    findClash: onlyWith('rollingUpdate', 'type', ['RollingUpdate']),
    because: 'the settings of a rolling update may not stand beside the type Recreate',
    message: "may not be specified when strategy `type` is 'Recreate'",
  },
  {
    place: /^StatefulSet spec\.updateStrategy$/,
    findClash: onlyWith('rollingUpdate', 'type', ['RollingUpdate']),
    because: 'the settings of a rolling update may not stand beside the type OnDelete',
    message: "only allowed for updateStrategy 'RollingUpdate'",
  },
  {
    place: /^PodDisruptionBudget spec$/,
    findClash: oneOf('minAvailable', 'maxUnavailable'),
    because: 'a disruption budget may have one of minAvailable and maxUnavailable',
    message: 'minAvailable and maxUnavailable cannot be both set',
  },
  {
    place: /WebhookConfiguration webhooks\[\]\.clientConfig$/,
    findClash: oneOf('url', 'service'),
    because: 'a webhook may have one of url and service',
    message: 'exactly one of url or service is required',
  },
  {
    place: /^Ingress spec\.defaultBackend$/,
    findClash: oneOf('service', 'resource'),
    because: 'a backend may have one of service and resource',
    message: 'cannot set both resource and service backends',
  },
  {
    place: /seccompProfile$/,
    findClash: onlyWith('localhostProfile', 'type', ['Localhost']),
    because: 'a profile of the node may not stand beside another type',
    message: 'can only be set when seccomp type is Localhost',
  },
  {
    place: /ontainers\[\]\.resources$/,
    findClash: findExceeded,
    because: 'a request would be higher than its limit',
    message: 'must be less than or equal to',
  },
  {
    place: /(?:^Service spec|ontainers\[\])$/,
    findClash: (map) => listTwins(map, 'ports', 'name'),
    because: 'two ports would have one name',
    message: 'Duplicate value',
  },
  {
    place: /ontainers\[\]$/,
    findClash: (map) => listTwins(map, 'volumeMounts', 'mountPath'),
    because: 'two mounts would have one path',
    message: 'must be unique',
  },
]

/** What the API server would refuse in an object that a deploy makes; lists are gone through by index. */
export function listRefusals({ kind }: ObjectRef, after: JsonObject): readonly Refusal[] {
  return search(after, `${kind} `, [])
}

function search(value: Json, place: string, path: Path): readonly Refusal[] {
  if (isList(value)) return value.flatMap((item, index) => search(item, `${place}[]`, [...path, { index }]))
  if (!isObject(value)) return []
  const own = RULES.filter((rule) => rule.place.test(place)).flatMap(({ findClash, because, message }): Refusal[] => {
    const clash = findClash(value)
    return clash.length === 0 ? [] : [{ places: clash.map((below) => [...path, ...below]), because, message }]
  })
  const below = Object.entries(value).flatMap(([field, child]) =>
    search(child, place.endsWith(' ') ? `${place}${field}` : `${place}.${field}`, [...path, { field }]),
  )
  return [...own, ...below]
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null
}

function findExceeded({ requests, limits }: JsonObject): readonly Path[] {
  if (!isObject(requests) || !isObject(limits)) return []
  return Object.keys(requests).flatMap((name): Path[] => {
    const [asked, most] = [parseQuantity(requests[name]), parseQuantity(getOwn(limits, name))]
    return asked !== null && most !== null && asked > most ? ['requests', 'limits'].map((field) => [{ field }, { field: name }]) : []
  })
}

function listTwins(map: JsonObject, field: string, by: string): readonly Path[] {
  const list = map[field]
  if (!isList(list)) return []
  const names = list.map((item) => (isObject(item) ? item[by] : undefined))
  return names.flatMap((name, index): Path[] =>
    isSet(name) && names.some((other, at) => at !== index && other === name) ? [[{ field }, { index }]] : [],
  )
}
