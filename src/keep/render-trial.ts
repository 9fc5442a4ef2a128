import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { collectObjects, nameObject, type Place } from '../chart/collect-objects.ts'
import { buildTemplateArguments } from '../chart/helm-arguments.ts'
import { parseYaml } from '../chart/parse-yaml.ts'
import { runHelm } from '../chart/run-helm.ts'
import { isObject } from '../compare/json.ts'
import { nameValue } from '../compare/name-value.ts'
import { UserError } from '../errors.ts'
import type { ChartSource, ClusterInfo, Json, JsonObject, Target } from '../model.ts'
import type { KeepRender, KeptObject, Trial } from './keep-tools.ts'

/** Rendered before all other templates, which may change the values; Helm goes by the depth of the path. */
const PROBE = 'templates/0/0/0/0/0/0/0/0/0/0/plumbline-values.yaml'

/** A chart that is ready to render, and a folder for what is only for a moment. */
export type Desk = {
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

/** Renders a chart with other contents of its values files. */
export async function renderWith(desk: Desk, trial: Trial, checked: boolean): Promise<KeepRender | { readonly failure: string }> {
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
export async function askValues(desk: Desk): Promise<JsonObject | null> {
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
