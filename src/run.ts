import { openEarlierCommits } from './chart/earlier-commits.ts'
import { readHead } from './chart/find-commits.ts'
import { findHelm, type Helm } from './chart/find-helm.ts'
import { type RenderOptions, renderTarget } from './chart/render.ts'
import { limitConcurrency } from './cluster/limit.ts'
import { findIn } from './cluster/read-schemas.ts'
import { openSavedLive } from './cluster/saved-source.ts'
import { type LiveSource, openCluster, type TargetSource } from './cluster/source.ts'
import { findBuiltInSchema } from './compare/schema/built-in.ts'
import { readDefinitions } from './compare/schema/from-open-api.ts'
import type { FindSchema } from './compare/schema/schema.ts'
import { formatFault, UserError } from './errors.ts'
import type { ExplainInput } from './explain/explain.ts'
import { applyIgnoreRules } from './explain/ignore.ts'
import type { Inputs } from './inputs/model.ts'
import { explainLookingBack, type ReadRecord } from './look-back.ts'
import { fingerprint, fingerprintAt } from './memory/fingerprint.ts'
import type { Desired, Fault, Live, Report, Target, TargetReport } from './model.ts'
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
export type RunResult = {
  readonly report: Report
  readonly timings: readonly Timing[]
  /** Of every target that could be rendered: what was compared. */
  readonly readings: ReadonlyMap<string, TargetReading>
}
/** What a target was compared with. */
export type TargetReading = {
  readonly commit: string | null
  /** A fingerprint of the API server's address; null where a saved state stands in for it. */
  readonly cluster: string | null
  /** A fingerprint of what Git says at the place of a streak's key; undefined where that is not known. */
  readonly desiredNow: (key: string) => string | null | undefined
}

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
  const readings = new Map<string, TargetReading>()
  const targets = await Promise.all(
    inputs.targets.map((target) =>
      inTurn(() => checkTarget(target, { inputs, surroundings, stopwatch, openSource, getHelm: () => findOnce(null), readings })),
    ),
  )
  return { report: assembleReport(targets, surroundings.now, surroundings.version), timings: stopwatch.timings(), readings }
}

type Tools = {
  readonly inputs: Inputs
  readonly surroundings: Surroundings
  readonly stopwatch: Stopwatch
  readonly openSource: (context: string | null) => Promise<LiveSource>
  readonly getHelm: () => Promise<Helm>
  readonly readings: Map<string, TargetReading>
}

async function checkTarget(target: Target, tools: Tools): Promise<TargetReport> {
  const { inputs, surroundings, stopwatch } = tools
  try {
    const source = await tools.openSource(target.context)
    const reads = source.openTarget()
    const readRelease = share((_: null) => reads.readRelease(target.release, target.namespace))
    const readRecord = () => readRelease(null)
    const desired = await stopwatch.measure('render', () => renderDesired(target, source, tools))
    tools.readings.set(target.name, {
      commit: await readHead(target.source.type === 'chart' ? target.source.chart : target.source.path, inputs.workspace),
      cluster: source.server === null ? null : fingerprint(source.server),
      desiredNow: (key) => fingerprintAt(desired, key),
    })
    surroundings.progress(`${target.name}: reading ${desired.objects.length} objects`)
    const [live, schemas] = await stopwatch.measure('read', () =>
      Promise.all([readDesired(target, reads, desired), reads.readSchemas(listCustomVersions(desired))]),
    )
    await checkInstalled(target, readRecord, desired, live)
    const explained = await explainLookingBack(
      {
        target,
        desired: desired.objects,
        live,
        rules: inputs,
        findSchema: orRendered(schemas.findSchema, desired),
        isSecret: (...one) => isSecretFinding(inputs, ...one),
        fingerprintKey: inputs.fingerprintKey,
      },
      {
        info: source.info,
        readRecord,
        readScalers: reads.readScalers,
        readSchemas: reads.readSchemas,
        openCommits: async (made) => openEarlierCommits(target, source.info, { ...(await findRenderOptions(target, tools)), made }),
        progress: (message) => surroundings.progress(`${target.name}: ${message}`),
        measure: stopwatch.measure,
      },
    )
    const { delivery, defaulted, setAside, sides, findings } = explained
    const today = surroundings.now.toISOString().slice(0, 10)
    const ignored = applyIgnoreRules({ target: target.name, findings, desired: desired.objects, sides, rules: inputs.ignore, today })
    const notes = [...inputs.notes, ...source.notes, ...schemas.notes, ...explained.notes, ...ignored.notes]
    return assembleTarget(
      { target, desired, live, delivery, defaulted, setAside, sides, ...ignored, notes, requests: reads.requests() },
      { paths: inputs.redact },
    )
  } catch (error) {
    return assembleFailedTarget(target, toFault(error), inputs.notes)
  }
}

/** The groups and versions of rendered kinds that are not Kubernetes' own, and whose schema only the cluster knows. */
function listCustomVersions({ objects }: Desired): readonly string[] {
  return [...new Set(objects.filter(({ ref }) => findBuiltInSchema(ref) === null).map(({ ref }) => ref.apiVersion))]
}

/** Where the cluster gives no schema, the chart's own definition of the kind may. */
function orRendered(findSchema: FindSchema, { objects }: Desired): FindSchema {
  let rendered: FindSchema | null = null
  return (kind) => {
    const known = findSchema(kind)
    if (known !== null) return known
    rendered ??= findIn([readDefinitions(objects.map(({ object }) => object))])
    return rendered(kind)
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

async function renderDesired(target: Target, source: LiveSource, tools: Tools): Promise<Desired> {
  const options = await findRenderOptions(target, tools)
  const how = options.helm === null ? 'reading manifests' : `rendering with helm ${options.helm.version}`
  tools.surroundings.progress(`${target.name}: ${how}`)
  return renderTarget(target, source.info, options)
}

async function findRenderOptions({ source }: Target, { inputs, getHelm }: Tools): Promise<RenderOptions> {
  const { workspace, dependencies } = inputs
  return { helm: source.type === 'chart' ? await getHelm() : null, workspace, dependencies }
}

function isSecretFinding({ redact }: Inputs, ...[{ object, path, desired, live }, sides]: Parameters<ExplainInput['isSecret']>): boolean {
  return [desired, live].some((value) => isSecretValue(object, path, value, { paths: redact }, sides))
}

function readDesired(target: Target, source: TargetSource, desired: Desired): Promise<Live> {
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
  if ((await readRecord()).outcome === 'read') return
  throw new UserError({
    where: 'release',
    message: `release ${target.release} is not installed in namespace ${target.namespace}: none of its ${desired.objects.length} objects is there, and no record of a deploy can be read.`,
    remedy:
      'Check `release`, `namespace` and `kube-context`; a release that was never deployed cannot have drifted. If it was deployed and all of it was deleted, deploy it again.',
  })
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
