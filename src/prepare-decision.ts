import { isAbsolute, relative, sep } from 'node:path'
import { type AuditLog, readAuditLog } from './audit/read-audit-log.ts'
import type { CheckedTarget } from './check-target.ts'
import type { TargetSource } from './cluster/source.ts'
import { UserError } from './errors.ts'
import { groupActs } from './explain/acts/group-acts.ts'
import { askCircumstances } from './explain/circumstances/ask.ts'
import { describeCircumstances } from './explain/circumstances/describe.ts'
import type { Activity, CircumstancesRead } from './explain/circumstances/model.ts'
import type { DecisionInput } from './explain/decision-input.ts'
import { foretellFates } from './explain/fate/foretell.ts'
import { findProcessGap } from './explain/gap/process-gap.ts'
import type { DeployRecord } from './explain/history.ts'
import { offerReverts } from './explain/revert/offer.ts'
import { listWholeReverts } from './explain/revert/whole.ts'
import type { ActivityQuery } from './github/read-activity.ts'
import type { Inputs } from './inputs/model.ts'
import { type KeepOffer, offerKeeps } from './keep/offer-keeps.ts'
import { openKeepTools } from './keep/open-keep-tools.ts'
import { toRecord } from './look-back.ts'
import type { Finding, Note, Undecided } from './model.ts'
import { share } from './share.ts'
import type { Stopwatch } from './stopwatch.ts'

export type ReadActivity = (query: ActivityQuery) => Promise<Activity>
export type DecisionTools = {
  readonly inputs: Inputs
  readonly now: Date
  readonly stopwatch: Stopwatch
  readonly readActivity: ReadActivity | null
  readonly progress: (message: string) => void
}
/** What a decision about a target needs; the advice is made of all of it, once nothing secret is left in it. */
export type Prepared = {
  /** Each with its fate, and drift with both ways. */
  readonly findings: readonly Finding[]
  readonly decision: Undecided | undefined
  readonly notes: readonly Note[]
}
export type PrepareDecision = (checked: CheckedTarget) => Promise<Prepared>

/**
 * Prepares decisions about the targets of a run. What all of them share, GitHub's activity and the audit log, is read
 * once, and only if something has drifted.
 */
export function openDecisions(all: readonly CheckedTarget[], tools: DecisionTools): PrepareDecision {
  const shared: Shared = {
    getActivity: share((_: null) => readActivity(all, tools)),
    getAudit: share((_: null) => readAudit(all, tools)),
  }
  return (checked) => tools.stopwatch.measure('decide', () => orUndecided(checked, () => prepareDecision(checked, tools, shared)))
}

type Shared = {
  readonly getActivity: (key: null) => Promise<Activity | null>
  readonly getAudit: (key: null) => Promise<AuditLog | null>
}

/** What helps to decide must never take the verdict with it. */
async function orUndecided({ input }: CheckedTarget, prepare: () => Promise<Prepared>): Promise<Prepared> {
  try {
    return await prepare()
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const message = `What would help to decide could not be prepared, since Plumbline itself failed. Please report this, with what led to it: ${why}`
    return { findings: input.findings, decision: undefined, notes: [{ kind: 'no-decision', message }] }
  }
}

async function prepareDecision(checked: CheckedTarget, tools: DecisionTools, shared: Shared): Promise<Prepared> {
  const { source, input: known } = checked
  const { target } = known
  const { workspace, deployerUsers, breakGlassGroup } = tools.inputs
  const hasDrift = known.findings.some(isDrift)
  const read = hasDrift ? await source.readCircumstances(askCircumstances({ ...known, record: null })) : null
  const record = mayReadRecord(checked, read) ? await readRecord(source, known) : null
  const foretold = foretellFates({ ...known, record })
  const input: DecisionInput = { ...known, record, findings: foretold.findings }
  if (read === null) return { findings: input.findings, decision: undefined, notes: foretold.notes }
  tools.progress(`${target.name}: looking at both ways back`)
  const [keeps, rbac, activity, audit] = await Promise.all([
    findKeeps(input, checked),
    source.readRbac(target.namespace),
    shared.getActivity(null),
    shared.getAudit(null),
  ])
  const reverts = offerReverts({ ...input, workspace })
  const findings = input.findings.map((finding): Finding => {
    const [keep, revert] = [keeps.choices.get(finding.id), reverts.get(finding.id)]
    return keep === undefined || revert === undefined ? finding : { ...finding, choices: { keep, revert } }
  })
  const whole = listWholeReverts({ ...input, workspace })
  const { acts, notes } = groupActs({ ...input, findings, audit: audit?.events ?? null, window: { from: record?.time ?? null } })
  return {
    findings,
    decision: {
      acts,
      circumstances: describeCircumstances(input, read, activity),
      ways: { keep: keeps.way, revert: { summary: '', whole } },
      gap: findProcessGap(input, rbac, { deployerUsers, breakGlassGroup, workspace }),
    },
    notes: [...foretold.notes, ...(audit?.notes ?? []), ...notes],
  }
}

function isDrift({ drift }: Finding): boolean {
  return drift
}

/**
 * The last deploy decides what the next one changes. Its record was read already where Git is ahead; around a drift, it was
 * asked first whether it may be read, so that no list of Secrets is refused at every run.
 */
function mayReadRecord({ server, input: { findings } }: CheckedTarget, read: CircumstancesRead | null): boolean {
  return read?.release != null || server === null || findings.some(({ cause }) => cause === 'undeployed')
}

async function readRecord(source: TargetSource, { target, info }: Pick<DecisionInput, 'target' | 'info'>): Promise<DeployRecord | null> {
  const read = await source.readRelease(target.release, target.namespace)
  return read.outcome === 'read' ? toRecord(read, target, info) : null
}

async function findKeeps(input: DecisionInput, { render }: CheckedTarget): Promise<KeepOffer> {
  try {
    const tools = await openKeepTools(input.target, input.info, render)
    try {
      return await offerKeeps(input, tools)
    } finally {
      await tools.close()
    }
  } catch (error) {
    // The chart has just been rendered, so this is rare: no room for a copy, say.
    if (!(error instanceof UserError)) throw error
    const why = `Which values drive the drift could not be looked for: ${error.faults[0]?.message ?? error.message}`
    const drift = input.findings.filter(isDrift)
    return {
      choices: new Map(drift.map(({ id }) => [id, { summary: why }])),
      way: { summary: why, patch: null, covers: [], leaves: drift.map(({ id }) => ({ finding: id, why })) },
    }
  }
}

/** Deploys begin some time before their writes, and what led to a change began before it. */
const BEFORE_MS = 2 * 60 * 60_000
/** How far to look back for drift whose writers left no time. */
const UNKNOWN_MS = 7 * 24 * 60 * 60_000

async function readActivity(
  all: readonly CheckedTarget[],
  { inputs, now, readActivity: read, progress }: DecisionTools,
): Promise<Activity | null> {
  if (read === null) return null
  const drifted = all.filter(({ input }) => input.findings.some(isDrift))
  progress('asking GitHub what happened around the change')
  const paths = drifted.flatMap(({ input: { target } }) =>
    target.source.type === 'chart' ? [target.source.chart, ...target.source.values] : [target.source.path],
  )
  return read({
    since: new Date(findFirst(drifted, now.getTime()) - BEFORE_MS).toISOString(),
    until: now.toISOString(),
    paths: paths.flatMap((path) => fromRoot(path, inputs.workspace)),
    commit: drifted.map(({ commit }) => commit).find((commit) => commit !== null) ?? null,
  })
}

async function readAudit(all: readonly CheckedTarget[], { inputs, now }: DecisionTools): Promise<AuditLog | null> {
  if (inputs.auditLog === null) return null
  const drifted = all.filter(({ input }) => input.findings.some(isDrift))
  return readAuditLog({
    ...{ path: inputs.auditLog, workspace: inputs.workspace, since: null, now: now.toISOString() },
    namespaces: drifted.map(({ input: { target } }) => target.namespace),
  })
}

/** The first write that is drift now, in milliseconds since 1970. */
function findFirst(drifted: readonly CheckedTarget[], now: number): number {
  const times = drifted.flatMap(({ input }) => input.findings.filter(isDrift).map(({ evidence }) => Date.parse(evidence.time ?? '')))
  const known = times.filter((time) => !Number.isNaN(time))
  return known.length === times.length ? Math.min(...known) : Math.min(now - UNKNOWN_MS, ...known)
}

/** With slashes, from the repository's root; nothing for what lies outside of it. */
function fromRoot(path: string, workspace: string): readonly string[] {
  const short = relative(workspace, path)
  return short.startsWith('..') || isAbsolute(short) ? [] : [short.split(sep).join('/')]
}
