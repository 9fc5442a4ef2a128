import { openEarlierCommits } from './chart/earlier-commits.ts'
import { readHead } from './chart/find-commits.ts'
import type { Helm } from './chart/find-helm.ts'
import { type RenderOptions, renderTarget } from './chart/render.ts'
import { findIn, type Schemas } from './cluster/read-schemas.ts'
import type { LiveSource, TargetSource } from './cluster/source.ts'
import { findBuiltInSchema } from './compare/schema/built-in.ts'
import { readDefinitions } from './compare/schema/from-open-api.ts'
import type { FindSchema } from './compare/schema/schema.ts'
import { UserError } from './errors.ts'
import type { DecisionInput } from './explain/decision-input.ts'
import type { Sides } from './explain/explain.ts'
import { applyIgnoreRules } from './explain/ignore.ts'
import type { Inputs } from './inputs/model.ts'
import { explainLookingBack, type ReadRecord } from './look-back.ts'
import type { ClusterInfo, Desired, Finding, Live, Target } from './model.ts'
import type { TargetResult } from './report/assemble.ts'
import { isSecretValue } from './report/redact.ts'
import { share } from './share.ts'
import type { Stopwatch } from './stopwatch.ts'

export type CheckTools = {
  readonly inputs: Inputs
  readonly now: Date
  /** Told what is being done, one short line each. */
  readonly progress: (message: string) => void
  readonly stopwatch: Stopwatch
  readonly openSource: (context: string | null) => Promise<LiveSource>
  readonly getHelm: () => Promise<Helm>
}
/** A target that was rendered, read, compared and explained. */
export type CheckedTarget = {
  readonly result: Omit<TargetResult, 'decision' | 'requests'>
  /** What decisions are prepared from. */
  readonly input: Omit<DecisionInput, 'record'>
  readonly source: TargetSource
  /** How to render the target again. */
  readonly render: RenderOptions
  readonly commit: string | null
  /** The API server's address; null where a saved state stands in for it. */
  readonly server: string | null
}

/** A target as Git declares it, and how it was rendered. */
export type RenderedTarget = {
  readonly target: Target
  readonly desired: Desired
  readonly render: RenderOptions
  readonly commit: string | null
  /** Where its earlier commits are, if it was rendered elsewhere than in its repository: the sources there, and the commit to begin with. */
  readonly history?: { readonly target: Target; readonly workspace: string; readonly from: string }
}
/** What a target is judged with beside its two sides. */
export type Bench = {
  readonly opened: LiveSource
  readonly source: TargetSource
  readonly schemas: Schemas
  readonly readRecord: ReadRecord
}

/**
 * Renders a target, reads what it needs of the cluster, and explains every difference. Nothing is written anywhere.
 *
 * @throws UserError when nothing about the target can be trusted
 */
export async function checkTarget(target: Target, tools: CheckTools): Promise<CheckedTarget> {
  const opened = await tools.openSource(target.context)
  const source = opened.openTarget()
  const rendered = await renderDesired(target, opened.info, tools)
  const { desired } = rendered
  tools.progress(`${target.name}: reading ${desired.objects.length} objects`)
  const [live, schemas] = await tools.stopwatch.measure('read', () =>
    Promise.all([readDesired(target, source, desired), source.readSchemas(listCustomVersions(desired))]),
  )
  const bench = { opened, source, schemas, readRecord: openRecord(target, source) }
  await checkInstalled(target, bench.readRecord, desired, live)
  return judgeTarget(rendered, live, bench, tools)
}

/** Helm's record of a target's last deploy, read once at most. */
export function openRecord({ release, namespace }: Target, source: TargetSource): ReadRecord {
  const readRelease = share((_: null) => source.readRelease(release, namespace))
  return () => readRelease(null)
}

/**
 * Renders a target as the given cluster would see it.
 *
 * @throws UserError with every fault of its sources
 */
export async function renderDesired(target: Target, info: ClusterInfo, tools: CheckTools): Promise<RenderedTarget> {
  const render = await findRenderOptions(target, tools)
  tools.progress(`${target.name}: ${render.helm === null ? 'reading manifests' : `rendering with helm ${render.helm.version}`}`)
  const desired = await tools.stopwatch.measure('render', () => renderTarget(target, info, render))
  const commit = await readHead(target.source.type === 'chart' ? target.source.chart : target.source.path, render.workspace)
  return { target, desired, render, commit }
}

/** Compares and explains what was rendered and read, looking back as far as it takes. */
export async function judgeTarget(
  { target, desired, render, commit, history }: RenderedTarget,
  live: Live,
  { opened, source, schemas, readRecord }: Bench,
  tools: CheckTools,
): Promise<CheckedTarget> {
  const { inputs, now, stopwatch } = tools
  const findSchema = orRendered(schemas.findSchema, desired)
  const explained = await explainLookingBack(
    {
      ...{ target, desired: desired.objects, live, rules: inputs, findSchema, fingerprintKey: inputs.fingerprintKey },
      isSecret: (finding, sides) => isSecretFinding(inputs, finding, sides),
    },
    {
      ...{ info: opened.info, readRecord, readScalers: source.readScalers, readSchemas: source.readSchemas },
      progress: (message) => tools.progress(`${target.name}: ${message}`),
      openCommits: async (made) => openEarlierCommits(history?.target ?? target, opened.info, { ...render, ...history, made }),
      measure: stopwatch.measure,
    },
  )
  const { delivery, defaulted, setAside, sides } = explained
  const today = now.toISOString().slice(0, 10)
  const ignored = applyIgnoreRules({
    ...{ target: target.name, findings: explained.findings, desired: desired.objects, sides, rules: inputs.ignore, today },
  })
  const notes = [...inputs.notes, ...opened.notes, ...schemas.notes, ...explained.notes, ...ignored.notes]
  return {
    result: { target, desired, live, delivery, defaulted, setAside, sides, ...ignored, notes },
    input: {
      ...{ target, desired: desired.objects, live, findings: ignored.findings, sides, delivery, rules: inputs, findSchema },
      ...{ info: opened.info, isSecret: (finding) => isSecretFinding(inputs, finding, sides.get(finding.object) ?? {}) },
      now: now.toISOString(),
    },
    ...{ source, render, commit, server: opened.server },
  }
}

/** The groups and versions of rendered kinds that are not Kubernetes' own, and whose schema only the cluster knows. */
export function listCustomVersions({ objects }: Desired): readonly string[] {
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

async function findRenderOptions({ source }: Target, { inputs, getHelm }: CheckTools): Promise<RenderOptions> {
  const { workspace, dependencies } = inputs
  return { helm: source.type === 'chart' ? await getHelm() : null, workspace, dependencies }
}

function isSecretFinding(
  { redact }: Inputs,
  { object, path, desired, live }: Pick<Finding, 'object' | 'path' | 'desired' | 'live'>,
  sides: Sides,
): boolean {
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
