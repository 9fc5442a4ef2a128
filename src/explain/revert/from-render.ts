import type { ClusterInfo, DesiredObject, Target } from '../../model.ts'
import { listHelmWords } from './helm-words.ts'
import { flag } from './kubectl.ts'

/** What a render needs. Without the workspace, no path can be shown. */
export type RenderInput = {
  readonly target: Target
  readonly desired: readonly DesiredObject[]
  readonly info: Pick<ClusterInfo, 'kubeVersion'>
  readonly workspace?: string
}

/**
 * The command that renders one object alone, for a pipe: the way for what must not or cannot stand in a command.
 *
 * @returns null where a render would give more than this object, or not the same each time
 */
export function renderAlone({ target, desired, info, workspace }: RenderInput, wanted: DesiredObject): string | null {
  const { source } = target
  const { template, unstable, fromCrds } = wanted
  if (workspace === undefined || source.type !== 'chart' || template === null || fromCrds || unstable.length > 0) return null
  // What the pipeline sets may be required by the chart, and is not known here.
  if (source.deployTimeValues.length > 0) return null
  if (desired.filter((one) => one.template === template).length > 1) return null
  const inChart = template.split('/').slice(1).join('/')
  const words = listHelmWords(target, source, workspace)
  return ['helm template', ...words, flag('kube-version', info.kubeVersion), '--is-upgrade', '--no-hooks', flag('show-only', inChart)].join(
    ' ',
  )
}
