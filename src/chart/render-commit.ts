import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import type { ChartSource, ClusterInfo, Fault, Target } from '../model.ts'
import { borrowDependencies } from './borrow-dependencies.ts'
import { buildDependencies } from './build-dependencies.ts'
import { checkSource } from './check-source.ts'
import { type Collected, collectObjects } from './collect-objects.ts'
import { extractSources, relocateSource, type SourcePaths } from './commit-sources.ts'
import type { Helm } from './find-helm.ts'
import type { Repository } from './git-files.ts'
import { findCauses } from './name-unstable.ts'
import { readDependencies } from './read-dependencies.ts'
import { readManifests } from './read-manifests.ts'
import { renderOnce } from './render-chart.ts'
import { findRemoteSchemas } from './search-chart.ts'

export type CommitCall = {
  readonly repository: Repository
  readonly paths: SourcePaths
  readonly target: Target
  readonly cluster: ClusterInfo
  /** Needed for charts only. */
  readonly helm: Helm | null
  /** Rendered as the release was last deployed: charts may give one thing for an install and another for an upgrade. */
  readonly made: 'install' | 'upgrade'
  /** Puts values files into the folder that Git does not have. */
  readonly addUntracked: (folder: string) => Promise<void>
  /** The chart of today with all its dependencies, which an older one that wants the same may borrow. */
  readonly getReadyChart: () => Promise<string>
}

/** What a commit gives; `again` is a second render of a chart that may give something else each time, else null. */
export type RenderedCommit = { readonly objects: Collected; readonly again: Collected | null }

/**
 * Renders a target as one commit has it, in a temporary folder. An old commit is no more trusted than a new one,
 * so it is held to the same rules; its dependencies never come from the network.
 * @throws UserError when this commit does not render
 */
export async function renderCommit(commit: string, call: CommitCall): Promise<RenderedCommit> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-commit-')))
  try {
    await extractSources(call.repository, commit, call.paths, folder)
    await call.addUntracked(folder)
    const source = await relocateSource(call.target.source, call.paths, folder)
    throwFaults(await checkSource(source, folder))
    if (source.type === 'chart') return await renderChartIn(folder, source, call)
    const { places } = await readManifests(source, folder)
    const collected = collectObjects(places, call.target.namespace, call.cluster)
    throwFaults(collected.faults)
    return { objects: collected, again: null }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function renderChartIn(folder: string, source: ChartSource, call: CommitCall): Promise<RenderedCommit> {
  const { target, cluster, helm, made } = call
  if (helm === null) throw new UserError({ where: 'helm', message: 'Rendering a chart needs helm.', remedy: 'Install Helm.' })
  const chart = await completeChart(folder, source.chart, helm, call.getReadyChart)
  try {
    const skipSchema = (await findRemoteSchemas(chart.path, '')).length > 0
    const templateCall = { target, source, chart: chart.path, cluster, helm: helm.path, workspace: folder, skipSchema }
    const { collected } = await renderOnce(templateCall, made)
    if ((await findCauses(chart.path)).size === 0) return { objects: collected, again: null }
    const other = await renderOnce(templateCall, made === 'install' ? 'upgrade' : 'install')
    return { objects: collected, again: other.collected }
  } finally {
    await chart.remove()
  }
}

async function completeChart(folder: string, path: string, helm: Helm, getReadyChart: CommitCall['getReadyChart']) {
  if (path.endsWith('.tgz')) return { path, remove: async () => undefined }
  const { declared, missing } = await readDependencies(path)
  const allLocal = declared.every(({ repository }) => repository === '' || repository.startsWith('file://'))
  if (missing.length > 0 && !allLocal) await borrowDependencies(path, missing, await getReadyChart())
  return buildDependencies(path, { helm: helm.path, workspace: folder, dependencies: allLocal ? 'auto' : 'never' })
}

function throwFaults([first, ...rest]: readonly Fault[]): void {
  if (first !== undefined) throw new UserError(first, ...rest)
}
