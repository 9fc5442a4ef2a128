import { type Collected, collectObjects } from './chart/collect-objects.ts'
import type { EarlierCommits } from './chart/earlier-commits.ts'
import type { Commit, Gap } from './chart/find-commits.ts'
import { parseYaml } from './chart/parse-yaml.ts'
import type { Scalers } from './cluster/read-scalers.ts'
import type { ReadSchemas } from './cluster/read-schemas.ts'
import type { ReleaseRecord } from './cluster/release.ts'
import { findBuiltInSchema, TABLE_VERSION } from './compare/schema/built-in.ts'
import { UserError } from './errors.ts'
import { type ExplainInput, type Explanation, explainTarget } from './explain/explain.ts'
import type { CommitRender, DeployRecord, History, Rendered } from './explain/history.ts'
import type { ClusterInfo, Note, Target } from './model.ts'
import { keyOfRef } from './refs.ts'
import type { Stopwatch } from './stopwatch.ts'

/** Helm's record of the last deploy, read once at most, and only by who needs it. */
export type ReadRecord = () => Promise<ReleaseRecord>
export type LookBackTools = {
  readonly info: ClusterInfo
  readonly readRecord: ReadRecord
  readonly readScalers: (namespace: string) => Promise<Scalers>
  readonly readSchemas: ReadSchemas
  /** @param made how the release was last deployed */
  readonly openCommits: (made: 'install' | 'upgrade') => Promise<EarlierCommits>
  readonly progress: (message: string) => void
  readonly measure: Stopwatch['measure']
}
export type LookBackInput = Omit<ExplainInput, 'history' | 'scalers' | 'findServed' | 'target'> & { readonly target: Target }

const COMMITS_AT_ONCE = 2
const NOTHING: History = { record: null, commits: [], skipped: 0, cut: false, withoutSet: null, hasMore: true, gap: null }

/**
 * Judges the differences of a target, and looks back only as far as they need it: first into Helm's record of the last
 * deploy, then through earlier commits, newest first, until nothing is left open.
 */
export async function explainLookingBack(input: LookBackInput, tools: LookBackTools): Promise<Explanation> {
  const first = await tools.measure('compare and explain', async () => explainTarget({ ...input, history: null }))
  const doubtful = listDoubtful(first, tools.info)
  if (!first.needsHistory && first.needsScalersIn.length === 0 && doubtful.length === 0) return first
  const [read, scalers, served] = await Promise.all([
    first.needsHistory ? tools.readRecord() : null,
    readAllScalers(first.needsScalersIn, tools),
    tools.readSchemas(doubtful),
  ])
  const explain = async (history: History | null) => {
    const more = { scalers: scalers.found, findServed: served.findSchema, history }
    const again = await tools.measure('compare and explain', async () => explainTarget({ ...input, ...more }))
    return addNotes(again, [...scalers.notes, ...served.notes])
  }
  if (read === null) return explain(null)
  const record = read.outcome === 'read' ? toRecord(read, input.target, tools.info) : null
  const withRecord = record === null ? null : await explain({ ...NOTHING, record })
  if (withRecord !== null && !withRecord.needsHistory) return withRecord
  tools.progress('looking through earlier commits')
  const commits = await tools.openCommits(record?.revision === 1 ? 'install' : 'upgrade')
  try {
    return await lookThrough(commits, { ...NOTHING, record }, read, explain, input.target, tools)
  } finally {
    await commits.close()
  }
}

/**
 * The built-in groups and versions in which the tables may be wrong about what the server keeps: it is of another minor,
 * and something that Git declares is not there.
 */
function listDoubtful({ findings, notes }: Explanation, { kubeVersion }: ClusterInfo): readonly string[] {
  if (minorOf(kubeVersion) === minorOf(TABLE_VERSION)) return []
  const objects = [
    ...findings.filter(({ change }) => change === 'removed').map(({ object }) => object),
    ...notes.flatMap(({ kind, object }) => (kind === 'chart-error' && object !== undefined ? [object] : [])),
  ]
  return [...new Set(objects.filter((object) => findBuiltInSchema(object) !== null).map(({ apiVersion }) => apiVersion))]
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}

async function readAllScalers(namespaces: readonly string[], { readScalers }: LookBackTools): Promise<Scalers> {
  const all = await Promise.all(namespaces.map(readScalers))
  return { found: all.flatMap(({ found }) => found), notes: all.flatMap(({ notes }) => notes) }
}

function addNotes(explanation: Explanation, notes: readonly Note[]): Explanation {
  return { ...explanation, notes: [...explanation.notes, ...notes] }
}

async function lookThrough(
  commits: EarlierCommits,
  start: History,
  read: ReleaseRecord,
  explain: (history: History) => Promise<Explanation>,
  target: Target,
  { measure }: LookBackTools,
): Promise<Explanation> {
  let history: History = { ...start, cut: commits.cut, gap: commits.gap === null ? null : sayGap(commits.gap, read) }
  const skipped: string[] = []
  const render = (commit: Commit) => measure('earlier commits', () => tryRender(commits, commit))
  for (let at = 0; at < commits.commits.length; at += COMMITS_AT_ONCE) {
    const results = await Promise.all(commits.commits.slice(at, at + COMMITS_AT_ONCE).map(render))
    skipped.push(...results.flatMap((result) => ('skipped' in result ? [result.skipped] : [])))
    const rendered = results.flatMap((result) => ('skipped' in result ? [] : [result]))
    history = { ...history, commits: [...history.commits, ...rendered], skipped: skipped.length }
    const explanation = await explain(history)
    if (!explanation.needsHistory) return addNotes(explanation, noteSkipped(skipped))
  }
  const [newest] = commits.commits
  if (newest !== undefined && target.source.type === 'chart' && target.source.set.length > 0) {
    const without = await measure('earlier commits', () => tryRender(commits, newest, true))
    history = { ...history, withoutSet: 'skipped' in without ? null : without.objects }
  }
  const gap = commits.gap ?? (history.commits.length > 0 ? null : NONE_RENDERS)
  const explanation = await explain({ ...history, gap: gap === null ? null : sayGap(gap, read), hasMore: false })
  return addNotes(explanation, [...(gap === null ? [] : [noteOpen(gap, read)]), ...noteSkipped(skipped)])
}

async function tryRender(
  commits: EarlierCommits,
  commit: Commit,
  withoutSet = false,
): Promise<CommitRender | { readonly skipped: string }> {
  try {
    const { objects, again } = await commits.render(commit, { withoutSet })
    return { ...commit, objects: toRendered(objects), again: again === null ? null : toRendered(again) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { skipped: `${commit.id.slice(0, 8)}: ${error.faults[0]?.message ?? error.message}` }
  }
}

/** Parses what Helm recorded of the last deploy; null when its manifests cannot be read. */
export function toRecord(
  read: ReleaseRecord & { readonly outcome: 'read' },
  { namespace }: Target,
  info: ClusterInfo,
): DeployRecord | null {
  const parse = (manifest: string): Rendered => {
    const where = 'the manifest of the last deploy'
    const places = parseYaml(manifest, where).documents.map((document) => ({ document, where }))
    return toRendered(collectObjects(places, namespace, info))
  }
  const { last, rollback } = read
  try {
    const undone = rollback === null || rollback.undone === null ? null : parse(rollback.undone.manifest)
    return {
      revision: last.revision,
      time: last.time,
      hasHooks: last.hasHooks,
      delivery: last.delivery,
      rendered: last.manifests.map(parse),
      rollback: rollback === null ? null : { to: rollback.to, undone },
    }
  } catch (error) {
    // Helm took it for YAML and the parser here does not: as good as no record.
    if (error instanceof UserError) return null
    throw error
  }
}

function toRendered({ objects }: Collected): Rendered {
  return new Map([...objects.values()].map(({ ref, object }) => [keyOfRef(ref), object]))
}

const NONE_RENDERS: Gap = { what: 'none of the earlier commits renders', remedy: '' }

/** What is missing, and every remedy there is. */
function sayGap(gap: Gap, read: ReleaseRecord): string {
  const [why, remedy] = read.outcome === 'read' ? [gap.what, null] : [`${read.why}, and ${gap.what}`, read.remedy]
  return `${why}. ${[gap.remedy, remedy].filter((one) => one !== null && one !== '').join(' Or: ')}`.trim()
}

/** One note for all that stays open. */
function noteOpen(gap: Gap, read: ReleaseRecord): Note {
  const message = `Whether Git is ahead or the cluster was touched could not be settled everywhere: ${sayGap(gap, read)}`
  return { kind: 'no-history', message }
}

function noteSkipped([first, ...more]: readonly string[]): readonly Note[] {
  if (first === undefined) return []
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return [{ kind: 'commits-not-rendered', message: `Commits that do not render were left out: ${first.replace(/\.$/, '')}${others}.` }]
}
