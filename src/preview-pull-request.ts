import { assumeCluster } from './cluster/saved-source.ts'
import { writeText } from './deliver/files.ts'
import type { CommentNews } from './deliver/keep-comment.ts'
import type { GitHubContext } from './github/context.ts'
import type { Nothing } from './github/read-workflow-run.ts'
import type { Tracker } from './github/tracker.ts'
import { HANDOVER_FILE, type Handover } from './handover/model.ts'
import type { Inputs } from './inputs/model.ts'
import type { Note, Report } from './model.ts'
import { preparePreview } from './prepare-preview.ts'
import type { PreparedPreview } from './preview-request.ts'
import { makePreviewKey } from './report/preview/marker.ts'
import type { Surroundings } from './run.ts'
import { type PreviewResult, runPreview } from './run-preview.ts'
import type { Timing } from './stopwatch.ts'
import { keepPreviewComment } from './track/keep-preview-comment.ts'
import { linkIssues } from './track/link-issues.ts'

export type PreviewTools = {
  readonly env: NodeJS.ProcessEnv
  readonly context: GitHubContext
  readonly log: (line: string) => void
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Told the inputs once they are known, before anything of the pull request runs. */
  readonly begin: (inputs: Inputs) => {
    readonly surroundings: Surroundings
    readonly openTracker: (context: GitHubContext) => Promise<Tracker>
  }
}
export type Previewed = {
  readonly type: 'previewed'
  readonly inputs: Inputs
  readonly report: Report
  readonly timings: readonly Timing[]
  /** What is to be told loudly. */
  readonly notes: readonly Note[]
  /** What became of the comment, and what was handed over: a line each, for the log. */
  readonly done: readonly string[]
}

/**
 * Previews the pull request that a workflow's event is about, and keeps its comment. Where no cluster could be read, what the
 * pull request renders is handed over in a file, for a run that may read one.
 *
 * @throws UserError with every fault of the inputs, or where the base cannot be had
 */
export async function previewPullRequest(tools: PreviewTools): Promise<Previewed | Nothing> {
  const prepared = await preparePreview(tools.env, tools.context, tools.log)
  if ('type' in prepared) return prepared
  try {
    return await previewPrepared(prepared, tools)
  } finally {
    await prepared.close()
  }
}

async function previewPrepared(prepared: PreparedPreview, { context, sleep, begin }: PreviewTools): Promise<Previewed> {
  const { inputs, request, rendered, run, mayComment } = prepared
  const { surroundings, openTracker } = begin(inputs)
  const result = await runPreview(request, inputs, surroundings)
  const handedOver = await handOver(result, prepared)
  const linked = mayComment ? await linkIssues(result.report, context, openTracker) : { report: result.report, notes: [] }
  const { report } = linked
  // Several jobs of one workflow have targets of their own, and so a comment each.
  const whose = inputs.configFile ?? inputs.targets.map(({ name }) => name).join(',')
  const options = { key: makePreviewKey(context.workflow ?? '', whose), run, runUrl: context.runUrl, rendered }
  const kept = mayComment
    ? await keepPreviewComment(report, options, inputs, { context, openTracker, sleep })
    : { news: null, notes: [{ kind: 'no-comment', message: NO_COMMENT }] }
  const notes = [...(report.notes ?? []), ...linked.notes, ...kept.notes]
  return {
    ...{ type: 'previewed', inputs },
    report: notes.length === 0 ? report : { ...report, notes },
    timings: result.timings,
    notes: [...linked.notes, ...kept.notes].filter(({ kind }) => kind !== 'no-comment'),
    done: [...handedOver, ...(kept.news === null ? [] : [`${NEWS[kept.news.action]}: ${kept.news.why}`])],
  }
}

/** What stands before the reason. */
const NEWS: Readonly<Record<CommentNews['action'], string>> = {
  none: 'No comment is made on the pull request',
  created: 'A comment on the pull request was made',
  updated: 'The comment on the pull request was brought up to date',
  unchanged: 'The comment on the pull request stays as it is',
  'left-alone': 'The comment on the pull request is left alone',
}
const NO_COMMENT = 'No comment is written: a run without secrets has a token that may only read. The job summary has everything.'

/** Only what a run without a cluster renders is of use to another one. */
async function handOver({ heads, report }: PreviewResult, { inputs, request }: PreparedPreview): Promise<readonly string[]> {
  const { number, base, head } = request.pullRequest
  if (request.against === 'cluster' || number === null || head === null) return []
  // Whoever reads it must not take what failed here for a chart that is gone.
  const failed = report.targets.filter(({ verdict }) => verdict === 'error')
  if (failed.length > 0) return ['Nothing is handed over, since not every target could be rendered.']
  const handover: Handover = {
    pullRequest: { number, head, base },
    kubeVersion: assumeCluster(inputs).kubeVersion,
    targets: [...heads].map(([name, desired]) => ({ name, head: desired })),
  }
  const { writeHandover } = await import('./handover/write-handover.ts')
  const file = `${inputs.reportDir}/${HANDOVER_FILE}`
  await writeText(file, writeHandover(handover, listKnown(inputs)), 'report-dir')
  return [`What the pull request renders is in ${file}, for a run that may read the cluster.`]
}

function listKnown({ targets }: Inputs) {
  return targets.map(({ name, namespace }) => ({ name, namespace }))
}
