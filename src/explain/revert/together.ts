import { getAt } from '../../compare/json.ts'
import { toPattern } from '../../compare/pattern.ts'
import { parseQuantity } from '../../compare/quantity.ts'
import type { Json, JsonObject, Path } from '../../model.ts'
import { locate } from './locate.ts'

/**
 * Fields of which the API server refuses some combinations: one of them alone cannot always be set back. `at` is the place
 * of the map that has them, without list keys.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go
 */
const GROUPS: readonly { readonly at: RegExp; readonly fields: readonly string[] }[] = [
  { at: /^spec\.(strategy|updateStrategy)$/, fields: ['type', 'rollingUpdate'] },
  { at: /\.(liveness|readiness|startup)Probe$/, fields: ['exec', 'grpc', 'httpGet', 'tcpSocket'] },
  { at: /\.lifecycle\.(postStart|preStop)$/, fields: ['exec', 'httpGet', 'sleep', 'tcpSocket'] },
  { at: /\.env\[\]$/, fields: ['value', 'valueFrom'] },
  { at: /\.env\[\]\.valueFrom$/, fields: ['configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'] },
  { at: /\.(seccompProfile|appArmorProfile)$/, fields: ['type', 'localhostProfile'] },
  // The API server keeps the old name of the field beside the new one.
  { at: /(^|\.)spec$/, fields: ['serviceAccountName', 'serviceAccount'] },
  { at: /^spec$/, fields: ['type', 'externalName'] },
  { at: /^spec$/, fields: ['sessionAffinity', 'sessionAffinityConfig'] },
  { at: /^spec$/, fields: ['minAvailable', 'maxUnavailable'] },
  { at: /\.(backend|defaultBackend)$/, fields: ['resource', 'service'] },
  { at: /\.(backend|defaultBackend)\.service\.port$/, fields: ['name', 'number'] },
  { at: /(^|\.)clientConfig$/, fields: ['service', 'url'] },
  {
    at: /\.volumes\[\]$/,
    fields: [
      'configMap',
      'csi',
      'downwardAPI',
      'emptyDir',
      'ephemeral',
      'hostPath',
      'image',
      'nfs',
      'persistentVolumeClaim',
      'projected',
      'secret',
    ],
  },
]

/** Pairs of which the first may not be more than the second. */
const ORDERED: readonly { readonly low: RegExp; readonly high: string }[] = [
  { low: /^requests$/, high: 'limits' },
  { low: /^minReplicas$/, high: 'maxReplicas' },
]

/** What a place is told apart by: both sides of its object, the live one as the API server gave it. */
export type BothSides = { readonly desired: JsonObject; readonly live: JsonObject }

/**
 * The places that have to be set back together with one, itself among them, in an order that the API server takes.
 *
 * @param drifted whether there is a finding at the very place
 */
export function listTogether(path: Path, { desired, live }: BothSides, drifted: (path: Path) => boolean): readonly Path[] {
  const [parent, last] = [path.slice(0, -1), path.at(-1)]
  if (last === undefined || !('field' in last)) return [path]
  const pattern = toPattern(parent)
  const group = GROUPS.find(({ at, fields }) => at.test(pattern) && fields.includes(last.field))
  if (group === undefined) return [path, ...listPartners(path, { desired, live }, drifted)]
  const has = (side: JsonObject, at: Path) => locate(side, at, undefined).missing.length === 0
  const others = group.fields
    .filter((field) => field !== last.field)
    .map((field) => [...parent, { field }])
    .filter((at) => drifted(at) || has(desired, at) !== has(live, at))
  return [path, ...others]
}

/** Of a pair in order: the other one, where one alone would leave the lower above the higher. */
function listPartners(path: Path, { desired, live }: BothSides, drifted: (path: Path) => boolean): readonly Path[] {
  for (const { low, high } of ORDERED) {
    const depth = path.findIndex((step) => 'field' in step && (low.test(step.field) || step.field === high))
    const step = path[depth]
    if (step === undefined || !('field' in step)) continue
    const isLow = step.field !== high
    const partner = path.with(depth, { field: isLow ? high : low.source.slice(1, -1) })
    if (!drifted(partner)) continue
    const own = parseQuantity(getAt(desired, path))
    const other = parseQuantity(valueAt(live, partner))
    if (own === null || other === null) continue
    if (isLow ? own > other : own < other) return [partner]
  }
  return []
}

function valueAt(live: JsonObject, path: Path): Json | undefined {
  return locate(live, path, undefined).value
}
