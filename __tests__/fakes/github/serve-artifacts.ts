import { answer, refuse } from './answers.ts'
import type { Artifact } from './artifacts.ts'
import type { Operations } from './context.ts'
import { answerPage } from './pages.ts'
import { renderPull } from './render-pull.ts'
import type { Repository } from './repository.ts'

/** What is asked about what runs uploaded, and which pull requests a branch has. */
export const ARTIFACT_OPERATIONS: Operations = {
  'actions/list-workflow-run-artifacts': {
    needs: 'read actions',
    run(context) {
      const { repository, base, params, query } = context
      const found = repository.activity.artifacts.filter(({ run, name }) => run === Number(params.run_id) && name === (query.name ?? name))
      const { body, status, headers } = answerPage(context, found.toReversed(), (one) => renderArtifact(repository, one, base))
      return answer(status, { total_count: found.length, artifacts: body }, headers)
    },
  },
  'actions/download-artifact': {
    needs: 'read actions',
    run({ repository, params }) {
      const found = repository.activity.artifacts.find(({ id }) => id === Number(params.artifact_id)) ?? refuse(404, 'Not Found')
      if (found.expired) refuse(410, 'Artifact has expired')
      return { status: 302, headers: { location: found.location }, body: null }
    },
  },
  'pulls/list': {
    needs: 'read pulls',
    run(context) {
      const { repository, base, query } = context
      const state = query.state ?? 'open'
      const found = [...repository.issues.values()].filter((issue) => {
        const branches = repository.activity.branches.get(issue.number)
        if (!issue.pullRequest || branches === undefined || (state !== 'all' && issue.state !== state)) return false
        // By the owner and the branch: which of the owner's repositories it is in is not asked.
        return query.head === undefined || query.head === `${branches.from.split('/')[0]}:${branches.branch}`
      })
      return answerPage(context, found.toReversed(), (issue) => renderPull(repository, issue, base))
    },
  },
}

function renderArtifact({ owner, name }: Repository, artifact: Artifact, base: string) {
  const url = `${base}/repos/${owner}/${name}/actions/artifacts/${artifact.id}`
  return {
    ...{ id: artifact.id, node_id: `A_${artifact.id}`, name: artifact.name, size_in_bytes: artifact.size, url },
    ...{ archive_download_url: `${url}/zip`, expired: artifact.expired, created_at: artifact.time, updated_at: artifact.time },
    ...{ expires_at: artifact.time, workflow_run: { id: artifact.run } },
  }
}
