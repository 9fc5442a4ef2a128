import type { CheckTools, RenderedTarget } from './check-target.ts'
import { renderDesired } from './check-target.ts'
import { limitConcurrency } from './cluster/limit.ts'
import { openRenderedLive } from './cluster/rendered-source.ts'
import type { LiveSource } from './cluster/source.ts'
import { UserError } from './errors.ts'
import { settleHandover } from './handover/settle-handover.ts'
import type { Inputs } from './inputs/model.ts'
import type { Desired, Fault, Note, Preview, PullRequest, Target, TargetReport } from './model.ts'
import type { PreviewFile } from './preview/kinds.ts'
import { previewTarget } from './preview-target.ts'
import { assembleFailedTarget, assembleReport } from './report/assemble.ts'
import type { PreviewReport } from './report/preview/arrange.ts'
import { makeHelmFinder, openLiveSource, type Surroundings, TARGETS_AT_ONCE, toFault } from './run.ts'
import { share } from './share.ts'
import { startStopwatch, type Timing } from './stopwatch.ts'
import { isThere } from './trees/is-there.ts'

/** A target with its sources on both sides of a pull request; null where its chart does not exist on that one. */
export type TargetSides = {
  readonly target: Target
  readonly base: Target | null
  /** What a run without secrets rendered comes as it is. */
  readonly head: Target | { readonly desired: Desired } | null
  /** The files of it that the pull request changes. */
  readonly files: readonly PreviewFile[]
  /** Why its sources cannot be had at all. */
  readonly failed?: UserError
}
export type PreviewRequest = {
  readonly pullRequest: PullRequest
  readonly targets: readonly TargetSides[]
  /** Names of the targets that the pull request leaves alone. */
  readonly untouched: readonly string[]
  /** The folders that each side's sources have to stay in. */
  readonly folders: { readonly base: string; readonly head: string }
  readonly against: Preview['against']
  readonly notes: readonly Note[]
}
export type PreviewResult = {
  readonly report: PreviewReport
  readonly timings: readonly Timing[]
  /** What the head of each target renders; null where its chart does not exist there. Targets that failed are left out. */
  readonly heads: ReadonlyMap<string, Desired | null>
}

/**
 * Previews what a pull request will do to every target that it touches, and gives one report. A target that fails is
 * reported as failed, and does not stop the others. Nothing is written anywhere.
 */
export async function runPreview(request: PreviewRequest, inputs: Inputs, surroundings: Surroundings): Promise<PreviewResult> {
  const { pullRequest, untouched, folders, against, notes } = request
  const stopwatch = startStopwatch()
  const connect = share((context: string | null) =>
    stopwatch.measure('connect and discover', () => openLiveSource(inputs, context, surroundings)),
  )
  const tools: CheckTools = {
    ...{ inputs, stopwatch, now: surroundings.now, progress: surroundings.progress },
    openSource: connect,
    getHelm: makeHelmFinder(inputs, surroundings),
  }
  const heads = new Map<string, Desired | null>()
  const previewOne = async (sides: TargetSides): Promise<TargetReport> => {
    if (sides.failed !== undefined) throw sides.failed
    let base: RenderedTarget | null = null
    const standIn = () => openRenderedLive(() => base?.desired ?? null, inputs)
    const opened: LiveSource = against === 'base' ? standIn() : await connect(sides.target.context)
    const renderIn = (workspace: string, target: Target) =>
      renderDesired(target, opened.info, { ...tools, inputs: { ...inputs, workspace } })
    const [before, after] = await Promise.all([
      sides.base === null ? null : blame('base', renderIn(folders.base, sides.base)),
      sides.head === null
        ? null
        : 'desired' in sides.head
          ? { target: sides.target, desired: settleHandover(sides.head.desired, sides.target.namespace, opened.info) }
          : blame('head', renderIn(folders.head, sides.head)),
    ])
    base = before === null ? null : { ...before, ...(await findHistory(sides.target, inputs.workspace, pullRequest.base)) }
    heads.set(sides.target.name, after?.desired ?? null)
    return previewTarget({ target: sides.target, base, head: after, files: sides.files }, opened, against, tools)
  }
  const inTurn = limitConcurrency(TARGETS_AT_ONCE)
  const targets = await Promise.all(
    request.targets.map((sides) =>
      inTurn(() => previewOne(sides).catch((error: unknown) => assembleFailedTarget(sides.target, toFault(error), inputs.notes))),
    ),
  )
  const report = assembleReport(targets, surroundings.now, surroundings.version)
  return {
    // A pull request that touches nothing has no target that could fail.
    report: {
      ...report,
      verdict: targets.length === 0 ? 'in-sync' : report.verdict,
      pullRequest: { ...pullRequest, untouched },
      ...(notes.length === 0 ? {} : { notes }),
    },
    timings: stopwatch.timings(),
    heads,
  }
}

/** The base lies in a folder of its own; its history is that of the checkout, as long as the chart is still there. */
async function findHistory(target: Target, workspace: string, from: string | null): Promise<Pick<RenderedTarget, 'history'>> {
  const { source } = target
  const paths = source.type === 'chart' ? [source.chart, ...source.values] : [source.path]
  const there = await Promise.all(paths.map(isThere))
  return from === null || there.includes(false) ? {} : { history: { target, workspace, from } }
}

/** Which side it is that does not render is the first thing to know. */
async function blame(side: 'base' | 'head', rendering: Promise<RenderedTarget>): Promise<RenderedTarget> {
  try {
    return await rendering
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const [first, ...rest] = error.faults.map((fault): Fault => blameOn(side, fault))
    throw first === undefined ? error : new UserError(first, ...rest)
  }
}

function blameOn(side: 'base' | 'head', fault: Fault): Fault {
  // That helm cannot be had is neither's fault.
  if (fault.where === 'helm') return fault
  if (side === 'head') return { ...fault, message: `With this pull request: ${fault.message}` }
  const remedy = 'Check the base out to see it. A pull request that mends it has no preview before it is merged.'
  return { ...fault, message: `In the base of this pull request: ${fault.message}`, remedy }
}
