import { UserError } from '../errors.ts'
import type { ClusterInfo, Desired, Note, SetAside, Target } from '../model.ts'
import { buildDependencies, type DependencyRule } from './build-dependencies.ts'
import { checkSource, showPath } from './check-source.ts'
import { type Collected, collectObjects } from './collect-objects.ts'
import { digestHooks } from './digest-hooks.ts'
import type { Helm } from './find-helm.ts'
import { judgeStability, type Render } from './judge-stability.ts'
import { type Causes, findCauses, nameUnstable } from './name-unstable.ts'
import { readManifests } from './read-manifests.ts'
import { renderChart } from './render-chart.ts'
import { findLookups, findRemoteSchemas } from './search-chart.ts'

export type RenderOptions = {
  /** Needed for charts only. */
  readonly helm: Helm | null
  /** Absolute path; chart, values and manifests have to lie inside. */
  readonly workspace: string
  /** Whether missing dependencies are fetched, in a copy of the chart. */
  readonly dependencies: DependencyRule
}

/**
 * Renders a target: the objects that Git declares, as the given cluster would see the chart, with the paths that are
 * not the same in every render.
 * @throws UserError with every fault of chart, values or manifests; when helm fails; when nothing is rendered at all,
 *   which would otherwise look like a cluster without drift
 */
export async function renderTarget(target: Target, cluster: ClusterInfo, options: RenderOptions): Promise<Desired> {
  const [first, ...rest] = await checkSource(target.source, options.workspace)
  if (first !== undefined) throw new UserError(first, ...rest)
  const { renders, notes, causes } = await renderSource(target, cluster, options)
  const stability = judgeStability(renders)
  const setAside = mergeSetAside(renders, stability.setAside)
  if (stability.objects.length === 0) throw tellEmpty(target, options.workspace, setAside)
  const hooks = digestHooks(renders)
  return {
    objects: stability.objects,
    setAside,
    ...(hooks.length === 0 ? {} : { hooks }),
    notes: [...notes, ...stability.notes, ...nameUnstable(stability.objects, causes)],
  }
}

type Rendered = {
  readonly renders: readonly Render[]
  readonly notes: readonly Note[]
  /** What may make renders differ, by template. */
  readonly causes: Causes
}

async function renderSource(target: Target, cluster: ClusterInfo, { helm, workspace, dependencies }: RenderOptions): Promise<Rendered> {
  const { source } = target
  if (source.type === 'manifests') {
    const { places, notes } = await readManifests(source, workspace)
    const collected = collectObjects(places, target.namespace, cluster)
    requireNoFaults(collected)
    return { renders: [{ made: 'install', collected }], notes: [...notes, ...collected.notes], causes: new Map() }
  }
  if (helm === null) {
    throw new UserError({
      message: 'Rendering a chart needs helm.',
      where: 'helm',
      remedy: 'Install Helm, or give manifests instead of a chart.',
    })
  }
  const chart = await buildDependencies(source.chart, { helm: helm.path, workspace, dependencies })
  try {
    const shown = showPath(source.chart, workspace)
    const [lookups, schemas, causes] = await Promise.all([
      findLookups(chart.path, shown),
      findRemoteSchemas(chart.path, shown),
      findCauses(chart.path),
    ])
    if (schemas[0] !== undefined && !canSkipSchemas(helm.version)) throw tellSchema(schemas[0].message, helm.version)
    const call = { target, source, chart: chart.path, cluster, helm: helm.path, workspace, skipSchema: schemas.length > 0 }
    const rendered = await renderChart(call, causes)
    return { renders: rendered.renders, notes: [...rendered.notes, ...lookups, ...schemas], causes }
  } finally {
    await chart.remove()
  }
}

/** `--skip-schema-validation` came with Helm 3.16. */
export function canSkipSchemas(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 3 || minor >= 16
}

function tellSchema(message: string, version: string): UserError {
  const remedy = 'Use Helm 3.16 or later (input helm-version), or a schema without outside references.'
  return new UserError({ message: `${message.replace(/;.*$/, '')}; Helm ${version} cannot be told not to.`, where: 'chart', remedy })
}

function requireNoFaults({ faults: [first, ...rest] }: Collected): void {
  if (first !== undefined) throw new UserError(first, ...rest)
}

/** Hooks and the like of every render, each once. */
function mergeSetAside(renders: readonly Render[], partial: readonly SetAside[]): readonly SetAside[] {
  const all = [...renders.filter(({ made }) => made !== 'deploy').flatMap(({ collected }) => collected.setAside), ...partial]
  return [...new Map(all.map((entry) => [JSON.stringify([entry.object, entry.reason]), entry])).values()]
}

function tellEmpty(target: Target, workspace: string, setAside: readonly SetAside[]): UserError {
  const { source } = target
  const isChart = source.type === 'chart'
  const shown = showPath(isChart ? source.chart : source.path, workspace)
  const aside =
    setAside.length === 0 ? '' : ` (${setAside.length} set aside: ${[...new Set(setAside.map(({ reason }) => reason))].join(', ')})`
  return new UserError({
    message: `${shown} renders no object that could be compared${aside}, so nothing can be said about the cluster.`,
    where: isChart ? 'chart' : 'manifests',
    remedy: isChart
      ? 'Check that chart and values are the ones that are deployed.'
      : 'Check that this is the folder with the rendered manifests.',
  })
}
