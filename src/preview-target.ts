import { type CheckedTarget, type CheckTools, judgeTarget, listCustomVersions, openRecord, type RenderedTarget } from './check-target.ts'
import type { LiveSource } from './cluster/source.ts'
import type { DeployRecord } from './explain/history.ts'
import { judgeHead } from './judge-head.ts'
import { toRecord } from './look-back.ts'
import type { Desired, Live, Note, Preview, Target, TargetReport } from './model.ts'
import { assemblePreview } from './preview/assemble-preview.ts'
import { nameKinds, type PreviewFile } from './preview/kinds.ts'
import type { PreviewSide } from './preview/model.ts'
import { placeChanges } from './preview/place-changes.ts'
import { joinWanted, pickLive } from './preview/share-reading.ts'
import { assembleTarget } from './report/assemble.ts'
import { makeTargetScrubber } from './report/redact-told.ts'

/** A target on both sides of a pull request; null where its chart does not exist on that one. */
export type RenderedSides = {
  readonly target: Target
  readonly base: RenderedTarget | null
  /** However it was rendered, and wherever. */
  readonly head: Pick<RenderedTarget, 'target' | 'desired'> | null
  readonly files: readonly PreviewFile[]
}

/**
 * Reads once what both sides of a pull request need of the cluster, and tells what becomes of every place that it meets or
 * makes. The findings and the verdict are those of a check of the base. Nothing is written anywhere.
 */
export async function previewTarget(
  { target, base, head, files }: RenderedSides,
  opened: LiveSource,
  against: Preview['against'],
  tools: CheckTools,
): Promise<TargetReport> {
  const { inputs, stopwatch } = tools
  const source = opened.openTarget()
  const wanted = joinWanted(base?.desired ?? NOTHING, head?.desired ?? NOTHING)
  tools.progress(`${target.name}: reading ${wanted.objects.length} objects`)
  const { release, namespace, extraKinds } = target
  const setAside = wanted.setAside.map(({ object }) => object)
  const [read, schemas] = await stopwatch.measure('read', () =>
    Promise.all([
      source.read(
        wanted.objects.map(({ ref }) => ref),
        { release, namespace, extraKinds, setAside },
      ),
      source.readSchemas(listCustomVersions(wanted)),
    ]),
  )
  const readRecord = openRecord(target, source)
  const bench = { opened, source, schemas, readRecord }
  const beside = (own: Desired, other: Desired) => pickLive(read, own, other, release)
  const before = base ?? { target, desired: NOTHING, render: EMPTY, commit: null }
  const checked = await judgeTarget(before, beside(before.desired, head?.desired ?? NOTHING), bench, tools)
  const record = await findRecord(checked, readRecord, opened)
  const after = head === null ? null : judgeHead(head, beside(head.desired, before.desired), checked, record, tools)
  const sides = { base: base === null ? null : toSide(checked), head: after }
  const isHelm = checked.result.delivery.startsWith('helm-') || base === null
  const placed = placeChanges(sides, { release, namespace, isHelm })
  const rules = { paths: inputs.redact }
  const secrets = {
    target,
    findings: [...checked.result.findings, ...(after?.findings ?? [])],
    sides: new Map([...checked.result.sides, ...(after?.sides ?? [])]),
  }
  const kinds = nameKinds(
    files.map(({ sort }) => sort),
    placed,
    { base: base?.desired.objects ?? null, head: head?.desired.objects ?? null },
  )
  const paths = files.map(({ path }) => path)
  const preview = assemblePreview({ sides, placed, kinds, files: paths, against }, rules, makeTargetScrubber(secrets, rules))
  const notes = [...checked.result.notes, ...listOwnNotes(before.desired, head?.desired ?? NOTHING)]
  const report = assembleTarget({ ...checked.result, notes, requests: source.requests() }, rules)
  if (against === 'cluster') return { ...report, notes: [...report.notes, ...noteAbsent(base, read, target)], preview }
  // The base was held against itself: that says nothing of the cluster.
  return { ...report, verdict: 'incomplete', complete: false, counts: { ...report.counts, compared: 0 }, preview }
}

/** What is worth knowing of the pull request's rendering alone, such as a schema that was not looked at. */
function listOwnNotes(base: Desired, head: Desired): readonly Note[] {
  const known = new Set(base.notes.map((note) => JSON.stringify(note)))
  return head.notes
    .filter((note) => !known.has(JSON.stringify(note)))
    .map((note) => ({ ...note, message: `With this pull request: ${note.message}` }))
}

/** That nothing of a release is there is more likely a wrong name than everything lost. */
function noteAbsent(base: RenderedTarget | null, { readings }: Live, { release, namespace }: Target): readonly Note[] {
  if (base === null || readings.some(({ reading }) => reading.outcome !== 'missing')) return []
  const message = `None of the objects of release ${release} is in namespace ${namespace}: either it was never deployed, or \`release\`, \`namespace\` or \`kube-context\` name something else.`
  return [{ kind: 'not-installed', message }]
}

const NOTHING: Desired = { objects: [], setAside: [], notes: [] }
const EMPTY = { helm: null, workspace: '/', dependencies: 'never' } as const

/** What the last deploy rendered, by Helm's own record, where judging needed it. */
async function findRecord(
  { result }: CheckedTarget,
  readRecord: ReturnType<typeof openRecord>,
  opened: LiveSource,
): Promise<DeployRecord | null> {
  const isAhead = result.findings.some(({ cause }) => cause === 'undeployed')
  const read = isAhead && opened.server !== null ? await readRecord() : null
  return read?.outcome === 'read' ? toRecord(read, result.target, opened.info) : null
}

function toSide({ result: { desired, live, findings, sides } }: CheckedTarget): PreviewSide {
  return { desired: desired.objects, setAside: desired.setAside, hooks: desired.hooks ?? [], live, findings, sides, stops: [] }
}
