import { type CheckedTarget, type CheckTools, judgeTarget, listCustomVersions, openRecord, type RenderedTarget } from './check-target.ts'
import type { LiveSource } from './cluster/source.ts'
import { explainTarget } from './explain/explain.ts'
import { foretellFates } from './explain/fate/foretell.ts'
import { isMarked } from './explain/helm-marks.ts'
import type { DeployRecord, History } from './explain/history.ts'
import { toRecord } from './look-back.ts'
import type { Delivery, Desired, Live, Note, ObjectRef, Preview, Target, TargetReport } from './model.ts'
import { assemblePreview } from './preview/assemble-preview.ts'
import { type FileSort, nameKinds } from './preview/kinds.ts'
import type { PreviewSide } from './preview/model.ts'
import { placeChanges } from './preview/place-changes.ts'
import { keyOfRef } from './refs.ts'
import { assembleTarget } from './report/assemble.ts'
import { isSecretValue } from './report/redact.ts'
import { makeTargetScrubber } from './report/redact-told.ts'

/** A target on both sides of a pull request; null where its chart does not exist on that one. */
export type RenderedSides = {
  readonly target: Target
  readonly base: RenderedTarget | null
  /** However it was rendered, and wherever. */
  readonly head: Pick<RenderedTarget, 'target' | 'desired'> | null
  readonly files: readonly { readonly path: string; readonly sort: FileSort }[]
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
  const wanted = join(base?.desired ?? NOTHING, head?.desired ?? NOTHING)
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

/** What both sides want to see of the cluster, each object once. */
function join(base: Desired, head: Desired): Desired {
  const known = new Set(head.objects.map(({ ref }) => keyOfRead(ref)))
  const objects = [...head.objects, ...base.objects.filter(({ ref }) => !known.has(keyOfRead(ref)))]
  return { objects, setAside: [...base.setAside, ...head.setAside], notes: [] }
}

/** Read is what was asked for: the same object in two versions is two readings. */
function keyOfRead(ref: ObjectRef): string {
  return `${ref.apiVersion}|${keyOfRef(ref)}`
}

/**
 * What was read, as one side alone would have read it: in the order of its objects, with what only the other side declares
 * among the objects that it does not, if the release made them.
 */
function pickLive(read: Live, own: Desired, other: Desired, release: string): Live {
  const readings = new Map(read.readings.map((one) => [keyOfRead(one.ref), one.reading]))
  const mine = new Set(own.objects.map(({ ref }) => keyOfRef(ref)))
  const foreign = other.objects.flatMap(({ ref }) => {
    const reading = mine.has(keyOfRef(ref)) ? undefined : readings.get(keyOfRead(ref))
    return reading?.outcome === 'found' && isMarked(reading.object, release) ? [{ ref, object: reading.object }] : []
  })
  return {
    ...read,
    readings: own.objects.map(({ ref }) => ({ ref, reading: readings.get(keyOfRead(ref)) ?? { outcome: 'skipped', reason: 'not read' } })),
    extra: [...read.extra.filter(({ ref }) => !mine.has(keyOfRef(ref))), ...foreign],
  }
}

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

/** The base is what was deployed last, as far as anybody can tell: nothing else needed explaining. */
function assumeRecord(delivery: Delivery, { objects }: Desired): DeployRecord {
  return {
    ...{ revision: 0, time: null, hasHooks: false, rollback: null },
    delivery: delivery === 'helm-server-side' ? 'helm-server-side' : 'helm-client-side',
    rendered: [new Map(objects.map(({ ref, object }) => [keyOfRef(ref), object]))],
  }
}

function judgeHead(
  { target, desired }: NonNullable<RenderedSides['head']>,
  live: Live,
  checked: CheckedTarget,
  record: DeployRecord | null,
  tools: CheckTools,
): PreviewSide {
  const { inputs } = tools
  const base = checked.result
  const history: History = {
    record: record ?? assumeRecord(base.delivery, base.desired),
    commits: [],
    skipped: 0,
    cut: false,
    withoutSet: null,
    hasMore: false,
    gap: null,
  }
  const isSecret: Parameters<typeof explainTarget>[0]['isSecret'] = ({ object, path, desired: one, live: other }, sides) =>
    [one, other].some((value) => isSecretValue(object, path, value, { paths: inputs.redact }, sides))
  const explained = explainTarget({
    ...{ target, desired: desired.objects, live, rules: inputs, findSchema: checked.input.findSchema, isSecret },
    history: base.delivery.startsWith('helm-') ? history : null,
    fingerprintKey: inputs.fingerprintKey,
  })
  const { findings, sides } = explained
  // A base without objects tells nothing of it: the chart may have moved, and its release is there.
  const delivery = base.desired.objects.length === 0 ? explained.delivery : base.delivery
  const foretold = foretellFates({
    ...{ ...checked.input, desired: desired.objects, live, findings, sides, delivery },
    record: record ?? assumeRecord(delivery, base.desired),
    isSecret: (finding) => isSecret(finding, sides.get(finding.object) ?? {}),
  })
  return {
    ...{ desired: desired.objects, setAside: desired.setAside, hooks: desired.hooks ?? [], live, sides },
    ...{ findings: foretold.findings, stops: foretold.stops },
  }
}

function toSide({ result: { desired, live, findings, sides } }: CheckedTarget): PreviewSide {
  return { desired: desired.objects, setAside: desired.setAside, hooks: desired.hooks ?? [], live, findings, sides, stops: [] }
}
