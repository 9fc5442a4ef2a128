/**
 * Fields that an API server of v1.34 knows and drops, since the feature behind them is switched off by default. Measured;
 * a test sends each to a real API server. Nothing in an object shows whether such a field was dropped or removed.
 */
const GATED: readonly RegExp[] = [
  /^storage\.k8s\.io\/v1\/CSIDriver spec\.nodeAllocatableUpdatePeriodSeconds$/,
  /^apps\/v1\/StatefulSet spec\.updateStrategy\.rollingUpdate\.maxUnavailable$/,
  /^autoscaling\/v2\/HorizontalPodAutoscaler spec\.behavior\.scale(?:Up|Down)\.tolerance$/,
  /spec\.hostnameOverride$/,
  /ontainers\[\]\.restartPolicyRules$/,
]

/**
 * Whether a field is one that API servers drop by default.
 *
 * @param kind `apps/v1/Deployment`
 * @param pattern the path without list keys
 */
export function isGated(kind: string, pattern: string): boolean {
  return GATED.some((gated) => gated.test(`${kind} ${pattern}`))
}
