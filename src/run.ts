import { collectObjects } from './chart/collect-objects.ts'
import { findHelm, type Helm } from './chart/find-helm.ts'
import { parseYaml } from './chart/parse-yaml.ts'
import { renderTarget } from './chart/render.ts'
import { limitConcurrency } from './cluster/limit.ts'
import type { Scalers } from './cluster/read-scalers.ts'
import { openSavedLive } from './cluster/saved-source.ts'
import { type LiveSource, openCluster } from './cluster/source.ts'
import { prepareObject } from './compare/prepare.ts'
import { formatFault, UserError } from './errors.ts'
import { type ExplainInput, type Explanation, explainTarget } from './explain/explain.ts'
import { markAsHelms } from './explain/helm-marks.ts'
import type { ReleasedObjects } from './explain/history.ts'
import { applyIgnoreRules } from './explain/ignore.ts'
import type { Inputs } from './inputs/model.ts'
import type { Desired, Fault, Live, Report, Target, TargetReport } from './model.ts'
import { keyOfRef } from './refs.ts'
import { assembleFailedTarget, assembleReport, assembleTarget } from './report/assemble.ts'
import { isSecretValue } from './report/redact.ts'
import { type Stopwatch, startStopwatch, type Timing } from './stopwatch.ts'

/** What the run needs from its surroundings besides its inputs. */
export type Surroundings = {
  readonly version: string
  readonly env: NodeJS.ProcessEnv
  readonly now: Date
  /** Told what is being done, one short line each, for a progress line or a log. */
  readonly progress: (message: string) => void
  /** Told every credential found in the kubeconfig before it is used, so that logs can mask it. */
  readonly mask: (secret: string) => void
}
export type RunResult = { readonly report: Report; readonly timings: readonly Timing[] }

/** Targets share the machine's cores with the helm processes they start; each renders twice at once. */
const TARGETS_AT_ONCE = 2

/**
 * Checks every target and gives one report: render, read, compare, explain, assemble. A target that fails is reported as
 * failed, and does not stop the others. Nothing is written anywhere.
 */
export async function run(inputs: Inputs, surroundings: Surroundings): Promise<RunResult> {
  const stopwatch = startStopwatch()
  const openSource = share((context: string | null) =>
    stopwatch.measure('connect and discover', () => openLiveSource(inputs, context, surroundings)),
  )
  const findOnce = share((_: null) => findHelm({ version: inputs.helmVersion, checksum: inputs.helmChecksum, env: surroundings.env }))
  const inTurn = limitConcurrency(TARGETS_AT_ONCE)
  const targets = await Promise.all(
    inputs.targets.map((target) =>
      inTurn(() => checkTarget(target, { inputs, surroundings, stopwatch, openSource, getHelm: () => findOnce(null) })),
    ),
  )
  return { report: assembleReport(targets, surroundings.now, surroundings.version), timings: stopwatch.timings() }
}

type Tools = {
  readonly inputs: Inputs
  readonly surroundings: Surroundings
  readonly stopwatch: Stopwatch
  readonly openSource: (context: string | null) => Promise<LiveSource>
  readonly getHelm: () => Promise<Helm>
}

/** Helm's record of the last deploy, read once at most, and only by who needs it. */
type ReadRecord = () => ReturnType<LiveSource['readRelease']>

async function checkTarget(target: Target, tools: Tools): Promise<TargetReport> {
  const { inputs, surroundings, stopwatch } = tools
  try {
    const source = await tools.openSource(target.context)
    const readRelease = share((_: null) => source.readRelease(target.release, target.namespace))
    const readRecord = () => readRelease(null)
    const desired = await stopwatch.measure('render', () => renderDesired(target, source, tools))
    surroundings.progress(`${target.name}: reading ${desired.objects.length} objects`)
    const live = await stopwatch.measure('read', () => readDesired(target, source, desired))
    await checkInstalled(target, readRecord, desired, live)
    const explained = await stopwatch.measure('compare and explain', () =>
      explainDesired(target, { source, readRecord }, desired, live, inputs),
    )
    const { delivery, defaulted, setAside, sides, findings } = explained
    const today = surroundings.now.toISOString().slice(0, 10)
    const ignored = applyIgnoreRules({ target: target.name, findings, desired: desired.objects, sides, rules: inputs.ignore, today })
    const notes = [...inputs.notes, ...source.notes, ...explained.notes, ...ignored.notes]
    return assembleTarget({ target, desired, live, delivery, defaulted, setAside, sides, ...ignored, notes }, { paths: inputs.redact })
  } catch (error) {
    return assembleFailedTarget(target, toFault(error), inputs.notes)
  }
}

/** Does work once per key: targets of one context share its connection and what it serves, and all share helm. */
function share<Key, Value>(make: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const made = new Map<Key, Promise<Value>>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

function openLiveSource(inputs: Inputs, context: string | null, surroundings: Surroundings): Promise<LiveSource> {
  const { kubeconfig } = inputs
  if (inputs.live !== null) return openSavedLive(inputs.live, { kubeVersion: inputs.kubeVersion, apiVersions: inputs.apiVersions })
  if (kubeconfig.type === 'none') throw new Error('neither a kubeconfig nor a saved live state: the inputs stage lets none through')
  surroundings.progress('connecting to the cluster')
  const namespace = inputs.targets.find((target) => target.context === context)?.namespace ?? 'default'
  return openCluster(kubeconfig, context, namespace, { onSecret: surroundings.mask, env: surroundings.env })
}

async function renderDesired(target: Target, source: LiveSource, { inputs, surroundings, getHelm }: Tools): Promise<Desired> {
  const { workspace, dependencies } = inputs
  const helm = target.source.type === 'chart' ? await getHelm() : null
  surroundings.progress(helm === null ? `${target.name}: reading manifests` : `${target.name}: rendering with helm ${helm.version}`)
  return renderTarget(target, source.info, { helm, workspace, dependencies })
}

function readDesired(target: Target, source: LiveSource, desired: Desired): Promise<Live> {
  const { release, namespace, extraKinds } = target
  const setAside = desired.setAside.map(({ object }) => object)
  const wanted = desired.objects.map(({ ref }) => ref)
  return source.read(wanted, { release, namespace, extraKinds, setAside })
}

/**
 * Not one object of the release is there: that is a wrong name or a wrong cluster, unless Helm's own record says that the
 * release was deployed, and so lost everything.
 */
async function checkInstalled(target: Target, readRecord: ReadRecord, desired: Desired, live: Live): Promise<void> {
  const missing = live.readings.filter(({ reading }) => reading.outcome === 'missing').length
  if (missing === 0 || live.readings.some(({ reading }) => reading.outcome === 'found')) return
  if ((await readRecord()).manifest !== null) return
  throw new UserError({
    where: 'release',
    message: `release ${target.release} is not installed in namespace ${target.namespace}: none of its ${desired.objects.length} objects is there, and no record of a deploy can be read.`,
    remedy:
      'Check `release`, `namespace` and `kube-context`; a release that was never deployed cannot have drifted. If it was deployed and all of it was deleted, deploy it again.',
  })
}

/** Judges the differences; the record of the last deploy is read only when some of them cannot be judged without it. */
async function explainDesired(
  target: Target,
  { source, readRecord }: { readonly source: LiveSource; readonly readRecord: ReadRecord },
  desired: Desired,
  live: Live,
  inputs: Inputs,
): Promise<Explanation> {
  const redaction = { paths: inputs.redact }
  const input: ExplainInput = {
    target,
    desired: desired.objects,
    live,
    rules: { deployers: inputs.deployers, controllers: inputs.controllers },
    released: null,
    isSecret: ({ object, path, ...pair }, sides) =>
      [pair.desired, pair.live].some((value) => isSecretValue(object, path, value, redaction, sides)),
  }
  const first = explainTarget(input)
  if (!first.needsHistory && first.needsScalersIn.length === 0) return first
  const [record, scalers] = await Promise.all([first.needsHistory ? readRecord() : null, readAllScalers(source, first.needsScalersIn)])
  const released = record === null || record.manifest === null ? null : readReleased(record.manifest, target, source)
  const second = explainTarget({ ...input, scalers: scalers.found, released })
  const recordNotes = record?.manifest === null ? [record.note] : []
  return { ...second, notes: [...second.notes, ...scalers.notes, ...recordNotes] }
}

async function readAllScalers(source: LiveSource, namespaces: readonly string[]): Promise<Scalers> {
  const all = await Promise.all(namespaces.map((namespace) => source.readScalers(namespace)))
  return { found: all.flatMap(({ found }) => found), notes: all.flatMap(({ notes }) => notes) }
}

function readReleased(manifest: string, target: Target, source: LiveSource): ReleasedObjects {
  const where = 'the manifest of the last deploy'
  const places = parseYaml(manifest, where).documents.map((document) => ({ document, where }))
  const { objects } = collectObjects(places, target.namespace, source.info)
  return new Map([...objects.values()].map(({ ref, object }) => [keyOfRef(ref), prepareObject(markAsHelms(object, target))]))
}

/** What a person can mend is told as it is. Anything else is a fault of this program, and still no reason to stop the others. */
function toFault(error: unknown): Fault {
  if (error instanceof UserError) return joinFaults(error.faults)
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { where: null, message: `Plumbline itself failed: ${message}.`, remedy: 'Please report this, with what led to it.' }
}

/** All faults of a target are told at once: the report has one place for them. */
function joinFaults(faults: readonly Fault[]): Fault {
  const [only, ...others] = faults
  if (only !== undefined && others.length === 0) return only
  const last = faults.at(-1)
  const before = faults.slice(0, -1).map(formatFault)
  return {
    where: null,
    message: [`${faults.length} faults.`, ...before, `${last?.where ?? ''}: ${last?.message ?? ''}`].join('\n'),
    remedy: last?.remedy ?? '',
  }
}
