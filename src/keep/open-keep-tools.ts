import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { buildDependencies } from '../chart/build-dependencies.ts'
import { collectObjects, nameObject, type Place } from '../chart/collect-objects.ts'
import { isInside } from '../chart/confine.ts'
import { buildTemplateArguments } from '../chart/helm-arguments.ts'
import { parseYaml } from '../chart/parse-yaml.ts'
import { canSkipSchemas, type RenderOptions } from '../chart/render.ts'
import { runHelm } from '../chart/run-helm.ts'
import { findRemoteSchemas } from '../chart/search-chart.ts'
import { limitConcurrency } from '../cluster/limit.ts'
import { isObject } from '../compare/json.ts'
import { nameValue } from '../compare/name-value.ts'
import { UserError } from '../errors.ts'
import type { ChartSource, ClusterInfo, Json, JsonObject, Target } from '../model.ts'
import { isFailure, type KeepRender, type KeepTools, type KeptObject, type SourceFile, type Trial } from './keep-tools.ts'
import { openManifestTools } from './open-manifest-tools.ts'
import { readAliases, readTemplateTexts } from './read-chart.ts'

/** A render takes between a tenth of a second and three; more than this is more than anybody waits for. */
const MOST_RENDERS = 60
const MOST_MS = 120_000
const AT_ONCE = 2

/** Rendered before all other templates, which may change the values; Helm goes by the depth of the path. */
const PROBE = 'templates/0/0/0/0/0/0/0/0/0/0/plumbline-values.yaml'

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

type Desk = {
  readonly target: Target
  readonly source: ChartSource
  readonly cluster: ClusterInfo
  readonly chart: string
  readonly helm: string
  readonly folder: string
  readonly hasRemoteSchema: boolean
  readonly canSkip: boolean
  readonly parsed: Map<string, Json>
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

async function renderWith(desk: Desk, trial: Trial, checked: boolean): Promise<KeepRender | { readonly failure: string }> {
  const folder = await mkdtemp(join(desk.folder, 'trial-'))
  try {
    const chart = await writeChart(desk, trial, folder)
    const values = await writeValues(desk.source, trial, folder)
    const skipSchema = desk.hasRemoteSchema || (!checked && desk.canSkip)
    // With `--set`, no override would count: what they set is in the values that are overridden.
    const set = trial.override === undefined ? desk.source.set : []
    const call = { ...desk, chart, source: { ...desk.source, values, set }, isUpgrade: false, skipSchema, extraSet: [] }
    const result = await runHelm({ helm: desk.helm, args: buildTemplateArguments(call) })
    return result.ok ? collect(desk, result.stdout) : { failure: result.reason }
  } catch (error) {
    if (error instanceof UserError) return { failure: error.faults[0]?.message ?? error.message }
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A chart whose own values are edited is rendered from a copy. */
async function writeChart({ chart, source }: Desk, { files }: Trial, folder: string): Promise<string> {
  const text = files?.get(join(source.chart, 'values.yaml'))
  if (text === undefined) return chart
  const copy = join(folder, basename(chart))
  await cp(chart, copy, { recursive: true, dereference: true })
  await writeFile(join(copy, 'values.yaml'), text)
  return copy
}

async function writeValues({ values }: ChartSource, { files, override }: Trial, folder: string): Promise<readonly string[]> {
  const paths = await Promise.all(
    values.map(async (path, index) => {
      const text = files?.get(path)
      if (text === undefined) return path
      const changed = join(folder, `values-${index}.yaml`)
      await writeFile(changed, text)
      return changed
    }),
  )
  if (override === undefined) return paths
  const last = join(folder, 'override.yaml')
  await writeFile(last, nameValue(override))
  return [...paths, last]
}

function collect({ target, cluster, parsed }: Desk, stdout: string): KeepRender {
  const { documents } = parseYaml(stdout, 'the render', parsed)
  const places = documents.map((document): Place => ({ document, where: 'the render' }))
  return collectKept(places, target.namespace, cluster)
}

/** Every object with its identity, hooks included. */
export function collectKept(places: readonly Place[], namespace: string, cluster: ClusterInfo): KeepRender {
  const objects = new Map<string, KeptObject>()
  for (const place of places) {
    const { objects: found, setAside } = collectObjects([place], namespace, cluster)
    for (const [id, { ref, object, template }] of found) objects.set(id, { ref, object, template, isHook: false })
    for (const { object: ref } of setAside) {
      const { value, sourceComment } = place.document
      if (isObject(value)) objects.set(`hook ${nameObject(ref)}`, { ref, object: value, template: sourceComment, isHook: true })
    }
  }
  return objects
}

/** Asks Helm itself what the templates get, by a template that prints it. Null where that cannot be done. */
async function askValues(desk: Desk): Promise<JsonObject | null> {
  if (desk.chart.endsWith('.tgz')) return null
  const copy = join(desk.folder, 'asked', basename(desk.chart))
  await cp(desk.chart, copy, { recursive: true, dereference: true })
  await mkdir(dirname(join(copy, PROBE)), { recursive: true })
  await writeFile(join(copy, PROBE), '{{ .Values | toJson }}\n')
  const call = { ...desk, chart: copy, isUpgrade: false, skipSchema: desk.hasRemoteSchema, extraSet: [] }
  const result = await runHelm({ helm: desk.helm, args: [`--show-only=${PROBE}`, ...buildTemplateArguments(call)].toSorted(templateFirst) })
  await rm(join(desk.folder, 'asked'), { recursive: true, force: true })
  if (!result.ok) return null
  const value = parseYaml(result.stdout, 'the values').documents[0]?.value
  return isObject(value) ? value : null
}

/** The command stands before its flags. */
function templateFirst(a: string, b: string): number {
  return Number(b === 'template') - Number(a === 'template')
}
