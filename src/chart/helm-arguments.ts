import type { ChartSource, ClusterInfo, Target } from '../model.ts'
import { quoteCsv } from '../quote.ts'
import { showPath } from './check-source.ts'

export type TemplateCall = {
  readonly target: Target
  readonly source: ChartSource
  /** The chart to render: the source's own, or its copy with dependencies. */
  readonly chart: string
  readonly cluster: ClusterInfo
  readonly isUpgrade: boolean
  /** True where the chart's values schema would be fetched from elsewhere. */
  readonly skipSchema: boolean
  /** `--set` expressions beyond the source's own. */
  readonly extraSet: readonly string[]
}

/**
 * The arguments of `helm template` for a target, as the live cluster would see the chart: its version, and every
 * `group/version` and `group/version/Kind` it serves.
 */
export function buildTemplateArguments(call: TemplateCall): readonly string[] {
  const { target, source, cluster } = call
  return [
    'template',
    `--namespace=${target.namespace}`,
    '--include-crds',
    `--kube-version=${cluster.kubeVersion}`,
    ...listApiVersions(cluster).map((name) => `--api-versions=${name}`),
    ...source.values.map((path) => `--values=${quoteCsv(path)}`),
    ...[...source.set, ...call.extraSet].map((expression) => `--set=${expression}`),
    ...(call.isUpgrade ? ['--is-upgrade'] : []),
    ...(call.skipSchema ? ['--skip-schema-validation'] : []),
    // Nothing after this is a flag, whatever it starts with.
    '--',
    target.release,
    call.chart,
  ]
}

/** The same call as a person would type it to see the fault for themselves. */
export function describeTemplateCall({ target, source, isUpgrade }: TemplateCall, workspace: string): string {
  const words = [
    'helm',
    'template',
    target.release,
    showPath(source.chart, workspace),
    '--namespace',
    target.namespace,
    ...source.values.flatMap((path) => ['--values', showPath(path, workspace)]),
    ...source.set.flatMap((expression) => ['--set', expression]),
    ...(isUpgrade ? ['--is-upgrade'] : []),
  ]
  return words.map((word) => (/^[\w./:=@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
}

function listApiVersions(cluster: ClusterInfo): readonly string[] {
  return [...new Set(cluster.resources.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]))]
}
