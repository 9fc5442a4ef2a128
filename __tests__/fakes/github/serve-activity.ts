import { answer, refuse } from './answers.ts'
import type { Operations } from './context.ts'
import { answerPage } from './pages.ts'
import { renderCommit, renderDeployment, renderDeploymentStatus, renderRun } from './render-activity.ts'
import { renderComparison } from './render-comparison.ts'
import { ARCHIVES } from './serve-archive.ts'

/** What is asked about workflow runs, deployments and commits. */
export const ACTIVITY_OPERATIONS: Operations = {
  'actions/list-workflow-runs-for-repo': {
    needs: 'read actions',
    run(context) {
      const { repository, base, query } = context
      const [from, to] = readRange(query.created)
      const runs = repository.activity.runs.filter((run) => Date.parse(run.from) >= from && Date.parse(run.from) <= to)
      const { body, status, headers } = answerPage(
        context,
        newestFirst(runs, (run) => run.from),
        (run) => renderRun(repository, run, base),
      )
      return answer(status, { total_count: runs.length, workflow_runs: body }, headers)
    },
  },
  'repos/list-deployments': {
    needs: 'read deployments',
    run(context) {
      const { repository, base } = context
      return answerPage(
        context,
        newestFirst(repository.activity.deployments, ({ time }) => time),
        (one) => renderDeployment(repository, one, base),
      )
    },
  },
  'repos/list-deployment-statuses': {
    needs: 'read deployments',
    run(context) {
      const { repository, base, params } = context
      const found = repository.activity.deployments.find(({ id }) => id === Number(params.deployment_id)) ?? refuse(404, 'Not Found')
      return answerPage(context, found.states, (state) => renderDeploymentStatus(repository, found, state, base))
    },
  },
  'repos/compare-commits-with-basehead': {
    needs: 'read contents',
    run({ repository, base, params }) {
      const found = repository.activity.mergeBases.get(decodeURIComponent(params.basehead ?? '')) ?? refuse(404, 'Not Found')
      return answer(200, renderComparison(repository, params.basehead ?? '', found, base))
    },
  },
  'repos/download-tarball-archive': {
    needs: 'read contents',
    run({ repository, base, params }) {
      if (!repository.activity.archives.has(params.ref ?? '')) refuse(404, 'Not Found')
      const location = `${base}${ARCHIVES}${repository.owner}/${repository.name}/legacy.tar.gz/${params.ref}?token=once`
      return { status: 302, headers: { location }, body: null }
    },
  },
  'repos/list-commits': {
    needs: 'read contents',
    run(context) {
      const { repository, base, query } = context
      const path = String(query.path ?? '')
      const since = Date.parse(String(query.since ?? '1970-01-01T00:00:00Z'))
      const touches = (file: string) => path === '' || file === path || file.startsWith(`${path}/`)
      const commits = repository.activity.commits.filter(({ time, files }) => Date.parse(time) >= since && files.some(touches))
      return answerPage(
        context,
        newestFirst(commits, ({ time }) => time),
        (commit) => renderCommit(repository, commit, base),
      )
    },
  },
}

/** `A..B`, the one form of GitHub's search for dates that is served. */
function readRange(created: unknown): readonly [number, number] {
  if (created === undefined) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const [from, to] = String(created)
    .split('..')
    .map((time) => Date.parse(time))
  if (from === undefined || to === undefined || Number.isNaN(from + to)) refuse(422, `The fake GitHub reads no range like ${created}`)
  return [from, to]
}

function newestFirst<Item>(items: readonly Item[], time: (item: Item) => string): readonly Item[] {
  return items.toSorted((a, b) => Date.parse(time(b)) - Date.parse(time(a)))
}
