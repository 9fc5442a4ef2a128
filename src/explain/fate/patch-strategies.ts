/**
 * Where a strategic merge patch treats a list or a map in another way than server-side apply does, which is what the
 * schema tables have. Taken from the `patchStrategy` tags of Kubernetes' Go types (v1.34), by comparing them with `listType`.
 *
 * @see https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */

/** Lists that server-side apply merges and a strategic merge patch replaces. */
const REPLACED: readonly RegExp[] = [
  /\.resources\.claims$/,
  /\.onExitCodes\.values$/,
  /\.exitCodes\.values$/,
  /^(?:v1|.*)\/ValidatingAdmissionPolicyBinding spec\.validationActions$/,
  /\/EndpointSlice endpoints\[\]\.addresses$/,
  /\/FlowSchema spec\.rules\[\]\./,
  /\/CSIDriver spec\.volumeLifecycleModes$/,
]
/** Maps whose live-only fields go when the map is written (`retainKeys`), since only one of them may be set. */
const RETAINING: readonly RegExp[] = [/\/Deployment spec\.strategy$/, /(?:^|[ .])spec\.volumes\[\]$/, /(?:^|[ .])spec\.resourceClaims\[\]$/]

/** @param place a kind and a path without list keys: `apps/v1/Deployment spec.strategy` */
export function isReplaced(place: string): boolean {
  return REPLACED.some((pattern) => pattern.test(place))
}

/** @param place as for `isReplaced` */
export function retainsKeys(place: string): boolean {
  return RETAINING.some((pattern) => pattern.test(place))
}
