import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildDependencies } from '../chart/build-dependencies.ts'
import { isInside } from '../chart/confine.ts'
import { canSkipSchemas, type RenderOptions } from '../chart/render.ts'
import { findRemoteSchemas } from '../chart/search-chart.ts'
import { limitConcurrency } from '../cluster/limit.ts'
import { UserError } from '../errors.ts'
import type { ChartSource, ClusterInfo, Target } from '../model.ts'
import { isFailure, type KeepRender, type KeepTools, type SourceFile } from './keep-tools.ts'
import { openManifestTools } from './open-manifest-tools.ts'
import { readAliases, readTemplateTexts } from './read-chart.ts'
import { askValues, type Desk, renderWith } from './render-trial.ts'

/** A render takes between a tenth of a second and three; more than this is more than anybody waits for. */
const MOST_RENDERS = 60
const MOST_MS = 120_000
const AT_ONCE = 2

export type OpenedTools = KeepTools & { readonly close: () => Promise<void> }
export type KeepBounds = { readonly renders?: number; readonly milliseconds?: number }

/**
 * Makes ready to render a target with other contents of its files. Nothing in the workspace is written to.
 *
 * @throws UserError when the target does not render as it is
 */
export async function openKeepTools(
  target: Target,
  cluster: ClusterInfo,
  options: RenderOptions,
  bounds: KeepBounds = {},
): Promise<OpenedTools> {
  const { source } = target
  if (source.type === 'manifests') return openManifestTools(target, source, cluster, options.workspace)
  const { helm, workspace, dependencies } = options
  if (helm === null) throw new UserError({ where: 'helm', message: 'Rendering a chart needs helm.', remedy: 'Install Helm.' })
  const ready = await buildDependencies(source.chart, { helm: helm.path, workspace, dependencies })
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-keep-')))
  const close = async () => {
    await Promise.all([ready.remove(), rm(folder, { recursive: true, force: true })])
  }
  try {
    const hasRemoteSchema = (await findRemoteSchemas(ready.path, '')).length > 0
    const desk: Desk = {
      ...{ target, source, cluster, folder, chart: ready.path, helm: helm.path, hasRemoteSchema },
      canSkip: canSkipSchemas(helm.version),
      parsed: new Map(),
    }
    const [first, second, values, aliases, templates, files] = await Promise.all([
      renderWith(desk, {}, true),
      renderWith(desk, {}, true),
      askValues(desk),
      readAliases(ready.path),
      readTemplateTexts(ready.path),
      readFiles(source, workspace),
    ])
    const failed = [first, second].find(isFailure)
    if (failed !== undefined) throw new UserError({ where: 'chart', message: failed.failure, remedy: '' })
    const base = [first, second] as [KeepRender, KeepRender]
    const isPacked = source.chart.endsWith('.tgz')
    const bounded = boundRenders(desk, bounds)
    return { workspace, files, values, templates, aliases, base, chart: isPacked ? null : source.chart, ...bounded, close }
  } catch (error) {
    await close()
    throw error
  }
}

function boundRenders(desk: Desk, { renders = MOST_RENDERS, milliseconds = MOST_MS }: KeepBounds): Pick<KeepTools, 'render' | 'left'> {
  const inTurn = limitConcurrency(AT_ONCE)
  const end = Date.now() + milliseconds
  let left = renders
  return {
    left: () => (Date.now() > end ? 0 : left),
    render: async (trial, checked) => {
      if (left <= 0 || Date.now() > end) return { failure: 'no render is left' }
      left--
      return inTurn(() => renderWith(desk, trial, checked))
    },
  }
}

async function readFiles({ chart, values }: ChartSource, workspace: string): Promise<readonly SourceFile[]> {
  const own = join(chart, 'values.yaml')
  const isEditable = !chart.endsWith('.tgz') && (await isInside(own, workspace).catch(() => false))
  const paths = [...(isEditable ? [own] : []), ...values]
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })))
}
