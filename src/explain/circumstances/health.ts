import type { Health, JsonObject, ObjectRef } from '../../model.ts'
import { groupOf } from '../../refs.ts'
import { judgeByConditions } from './health-by-conditions.ts'
import { judgeClaim, judgeCronJob, judgeDisruptionBudget, judgeJob, judgePod, judgeScaler, judgeService } from './health-of-others.ts'
import { judgeDaemonSet, judgeDeployment, judgeStatefulSet } from './health-of-workloads.ts'

/** How one object is, and why; the text has no counts that move while the state stays. */
export type Judged = Pick<Health, 'state' | 'text'>
/** Null: nothing in its status tells. */
export type JudgeHealth = (object: JsonObject) => Judged | null

/** Kubernetes' own kinds that have a health, by group and kind. */
const JUDGES: { readonly [kind: string]: JudgeHealth } = {
  'apps/Deployment': judgeDeployment,
  'apps/StatefulSet': judgeStatefulSet,
  'apps/DaemonSet': judgeDaemonSet,
  'batch/Job': judgeJob,
  'batch/CronJob': judgeCronJob,
  'autoscaling/HorizontalPodAutoscaler': judgeScaler,
  '/PersistentVolumeClaim': judgeClaim,
  '/Pod': judgePod,
  '/Service': judgeService,
  'policy/PodDisruptionBudget': judgeDisruptionBudget,
}
/** Groups whose other kinds have no health of their own: a ConfigMap is neither well nor ill. */
const SILENT = ['', 'apps', 'batch', 'policy', 'autoscaling', 'rbac.authorization.k8s.io', 'networking.k8s.io', 'storage.k8s.io']

/**
 * Judges an object by its status, as the controllers of its kind mean it. The same states as Argo CD's checks give, but for
 * what is paused, suspended or scaled to nothing: that is `unknown` here, since it says nothing about the application.
 *
 * @returns null for kinds that have no health, and where the status does not tell
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export function judgeHealth(ref: ObjectRef, object: JsonObject): Judged | null {
  const group = groupOf(ref.apiVersion)
  const judge = JUDGES[`${group}/${ref.kind}`]
  if (judge !== undefined) return judge(object)
  return SILENT.includes(group) ? null : judgeByConditions(object)
}
