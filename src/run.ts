import { findHelm } from './chart/find-helm.ts'
import { type CheckedTarget, type CheckTools, checkTarget } from './check-target.ts'
import { limitConcurrency } from './cluster/limit.ts'
import { openSavedLive } from './cluster/saved-source.ts'
import { type LiveSource, openCluster } from './cluster/source.ts'
import { formatFault, UserError } from './errors.ts'
import type { Inputs } from './inputs/model.ts'
import { fingerprint, fingerprintAt } from './memory/fingerprint.ts'
import type { Fault, Report, Target, TargetReport } from './model.ts'
import { openDecisions, type PrepareDecision, type ReadActivity } from './prepare-decision.ts'
import { assembleFailedTarget, assembleReport, assembleTarget } from './report/assemble.ts'
import { share } from './share.ts'
import { startStopwatch, type Timing } from './stopwatch.ts'

/** What the run needs from its surroundings besides its inputs. */
export type Surroundings = {
  readonly version: string
  readonly env: NodeJS.ProcessEnv
  readonly now: Date
  /** Told what is being done, one short line each, for a progress line or a log. */
  readonly progress: (message: string) => void
  /** Told every credential found in the kubeconfig before it is used, so that logs can mask it. */
  readonly mask: (secret: string) => void
  /** Asks GitHub what happened around a change; null where no GitHub can be asked. */
  readonly readActivity: ReadActivity | null
}
export type RunResult = {
  readonly report: Report
  readonly timings: readonly Timing[]
  /** Of every target that could be checked: what was compared. */
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
export const TARGETS_AT_ONCE = 2

/**
 * Checks every target and gives one report: render, read, compare, explain, decide, assemble. A target that fails is
 * reported as failed, and does not stop the others. Nothing is written anywhere.
 */
export async function run(inputs: Inputs, surroundings: Surroundings): Promise<RunResult> {
  const stopwatch = startStopwatch()
  const tools: CheckTools = {
    ...{ inputs, stopwatch, now: surroundings.now, progress: surroundings.progress },
    openSource: share((context: string | null) =>
      stopwatch.measure('connect and discover', () => openLiveSource(inputs, context, surroundings)),
    ),
    getHelm: makeHelmFinder(inputs, surroundings),
  }
  const inTurn = limitConcurrency(TARGETS_AT_ONCE)
  const checked = await Promise.all(
    inputs.targets.map((target) => inTurn(() => orFailed(target, inputs, () => checkTarget(target, tools)))),
  )
  const whole = checked.flatMap((one) => ('failed' in one ? [] : [one]))
  // GitHub is asked once for all targets, so it is known first which of them have drifted since when.
  const prepare = openDecisions(whole, { ...surroundings, inputs, stopwatch })
  const targets = await Promise.all(checked.map((one) => ('failed' in one ? one.failed : inTurn(() => assemble(one, inputs, prepare)))))
  return {
    report: assembleReport(targets, surroundings.now, surroundings.version),
    timings: stopwatch.timings(),
    readings: new Map(whole.map((one) => [one.input.target.name, toReading(one)])),
  }
}

type Failed = { readonly failed: TargetReport }

async function orFailed<Value>(target: Target, { notes }: Inputs, work: () => Promise<Value>): Promise<Value | Failed> {
  try {
    return await work()
  } catch (error) {
    return { failed: assembleFailedTarget(target, toFault(error), notes) }
  }
}

/** What could not be prepared for a decision must never take the verdict with it: it is told beside it. */
async function assemble(checked: CheckedTarget, inputs: Inputs, prepare: PrepareDecision): Promise<TargetReport> {
  const { findings, decision, notes } = await prepare(checked)
  const known = { ...checked.result, findings, decision, notes: [...checked.result.notes, ...notes] }
  return assembleTarget({ ...known, requests: checked.source.requests() }, { paths: inputs.redact })
}

function toReading({ commit, server, result: { desired } }: CheckedTarget): TargetReading {
  return {
    commit,
    cluster: server === null ? null : fingerprint(server),
    desiredNow: (key) => fingerprintAt(desired, key),
  }
}

/** All targets share one helm. */
export function makeHelmFinder({ helmVersion, helmChecksum }: Inputs, { env }: Surroundings): CheckTools['getHelm'] {
  const findOnce = share((_: null) => findHelm({ version: helmVersion, checksum: helmChecksum, env }))
  return () => findOnce(null)
}

export function openLiveSource(inputs: Inputs, context: string | null, surroundings: Surroundings): Promise<LiveSource> {
  const { kubeconfig } = inputs
  if (inputs.live !== null) return openSavedLive(inputs.live, { kubeVersion: inputs.kubeVersion, apiVersions: inputs.apiVersions })
  if (kubeconfig.type === 'none') throw new Error('neither a kubeconfig nor a saved live state: the inputs stage lets none through')
  surroundings.progress('connecting to the cluster')
  const namespace = inputs.targets.find((target) => target.context === context)?.namespace ?? 'default'
  return openCluster(kubeconfig, context, namespace, { onSecret: surroundings.mask, env: surroundings.env })
}

/** What a person can mend is told as it is. Anything else is a fault of this program, and still no reason to stop the others. */
export function toFault(error: unknown): Fault {
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
