import { count } from '../../count.ts'
import { isBelow } from '../../is-below.ts'
import type { Fact, Target } from '../../model.ts'
import { formatTime, shorten } from './fields.ts'
import type { Activity, Deployment, PullRequest } from './model.ts'
import { type ChangeWindow, relate } from './window.ts'

/** The most of each kind that are told. */
const MOST = 4

/** What happened in the repository around the change of one target. */
export function tellActivity(activity: Activity, target: Target, window: ChangeWindow | null): readonly Fact[] {
  const paths = choosePaths(activity.paths, target)
  return [
    ...tellRuns(activity, window),
    ...tellDeployments(activity.deployments, activity.commit, window),
    ...tellPulls(activity.pulls, paths),
    ...tellCommits(activity, paths),
  ]
}

/** Of the paths that were asked for, those of this target: its own are absolute, and end with one of them. */
function choosePaths(paths: readonly string[], { source }: Target): readonly string[] {
  const own = source.type === 'chart' ? [source.chart, ...source.values] : [source.path]
  return paths.filter((path) => path === '' || own.some((one) => one === path || one.endsWith(`/${path}`)))
}

function tellRuns({ runs, runsFrom }: Activity, window: ChangeWindow | null): readonly Fact[] {
  if (runs === null) return []
  const placed = runs.map((run) => ({ run, ...relate(window, run.from, run.to) }))
  const wanted = placed.filter(({ run, relation }) => relation === 'around' || (run.looksLikeDeploy && relation !== 'before'))
  const facts = wanted.slice(0, MOST).map(({ run, relation }): Fact => {
    const what = run.looksLikeDeploy ? ', which looks like a deploy,' : ''
    const end = run.conclusion === null ? 'and is not over' : `and ended with ${shorten(run.conclusion, 30)}`
    const text = `The workflow ${shorten(run.name, 60)}${what} ran from ${formatTime(run.from)} ${end}.`
    const base: Fact = { kind: 'workflow-run', text, time: run.from, url: run.url, steady: run.conclusion !== null }
    return relation === undefined ? base : { ...base, relation }
  })
  const isSeen = window !== null && Date.parse(runsFrom) <= window.from
  if (!isSeen || wanted.some(({ run }) => run.looksLikeDeploy)) return facts
  const text = 'No workflow that looks like a deploy ran around the change or since.'
  return [...facts, { kind: 'workflow-run', text, none: true, time: null, steady: true }]
}

function tellDeployments(deployments: readonly Deployment[] | null, commit: string | null, window: ChangeWindow | null): readonly Fact[] {
  if (deployments === null) return []
  const newest = new Map<string, Deployment>()
  for (const one of deployments) if (!newest.has(one.environment)) newest.set(one.environment, one)
  const facts = [...newest.values()].slice(0, MOST).map((one): Fact => {
    const state = one.state === null ? '' : ` (${shorten(one.state, 30)})`
    const moved = commit === null || commit === one.sha ? '' : '; this check is of another commit'
    const text = `The last deployment to ${shorten(one.environment, 60)}${state} is of commit ${one.sha.slice(0, 7)} at ${formatTime(one.time)}${moved}.`
    const url = one.url === null ? {} : { url: one.url }
    return { kind: 'deployment', text, time: one.time, ...relate(window, one.time), ...url, steady: true }
  })
  if (window === null || deployments.some(({ time }) => relate(window, time).relation !== 'before')) return facts
  const text = 'GitHub knows of no deployment around the change or since.'
  return [...facts, { kind: 'deployment', text, none: true, time: null, steady: true }]
}

function tellPulls(pulls: readonly PullRequest[] | null, paths: readonly string[]): readonly Fact[] {
  if (pulls === null || paths.length === 0) return []
  const touching = pulls.filter(({ files }) => files.some((file) => paths.some((path) => isBelow(file, path))))
  if (touching.length === 0)
    return [{ kind: 'pull-request', text: 'No open pull request touches this chart or its values.', none: true, time: null, steady: true }]
  return touching.slice(0, MOST).map(({ number, title, url, draft }) => ({
    kind: 'pull-request',
    text: `Pull request ${number}${draft ? ' (a draft)' : ''} touches this chart or its values: ${shorten(title, 100)}.`,
    ...{ time: null, url, steady: true },
  }))
}

/** That there are none is said only where every path of the target was looked up, by itself or within one of its own. */
function tellCommits({ commits, lookedUp }: Activity, paths: readonly string[]): readonly Fact[] {
  if (commits === null || paths.length === 0) return []
  const own = lookedUp.filter((path) => paths.includes(path))
  const touching = new Map(commits.filter(({ path }) => own.includes(path)).map((one) => [one.sha, one]))
  const sorted = [...touching.values()].toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
  const [newest] = sorted
  if (newest === undefined && !paths.every((path) => own.some((one) => isBelow(path, one)))) return []
  if (newest === undefined)
    return [{ kind: 'git-moved', text: 'Git has not changed this chart or its values since.', none: true, time: null, steady: true }]
  const more = sorted.length === 1 ? '' : `${count(sorted.length, 'commit')} since; the newest is `
  const text = `Git has changed this chart or its values: ${more}${newest.sha.slice(0, 7)} at ${formatTime(newest.time)}, ${shorten(newest.subject, 100)}.`
  return [{ kind: 'git-moved', text, time: newest.time, relation: 'since', url: newest.url, steady: true }]
}
